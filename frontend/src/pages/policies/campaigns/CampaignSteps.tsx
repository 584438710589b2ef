import { Button, Menu } from "@mantine/core";
import { IconArrowsMaximize, IconPlayerPause, IconPlayerPlay, IconX } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, taken } from "@/api/client";
import { announceProblem, count, useConfirm } from "@/ui";
import { pointsOf } from "../figures";
import { hasEnded } from "../queries";
import type { Campaign } from "../shapes";

const tighter = [0.1, 0.05, 0.03, 0.02, 0.01] as const;

/** Pause, go on, ask more, end: what may be done with a campaign now. */
export function CampaignSteps({ campaign }: { campaign: Campaign }) {
  const queries = useQueryClient();
  const [ask, dialog] = useConfirm();
  const path = { params: { path: { campaign_id: campaign.id } } };
  const options = {
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ["campaign", campaign.id] });
      await queries.invalidateQueries({ queryKey: ["campaigns", campaign.project_id] });
    },
    onError: announceProblem,
  };
  const pause = useMutation({ mutationFn: () => taken(api.POST("/api/campaigns/{campaign_id}/pause/", path)), ...options });
  const resume = useMutation({ mutationFn: () => taken(api.POST("/api/campaigns/{campaign_id}/resume/", path)), ...options });
  const cancel = useMutation({ mutationFn: () => taken(api.POST("/api/campaigns/{campaign_id}/cancel/", path)), ...options });
  const widen = useMutation({
    mutationFn: (margin: number | null) =>
      taken(api.POST("/api/campaigns/{campaign_id}/widen/", { ...path, body: { margin } })),
    ...options,
  });
  const { margin } = campaign;
  const { state } = campaign.progress;
  const canWiden = margin !== null && (state === "running" || state === "finished");
  const smaller = tighter.filter((one) => margin !== null && one < margin);
  return (
    <>
      {(state === "running" || state === "resuming") && (
        <Button
          variant="default"
          leftSection={<IconPlayerPause size={16} aria-hidden />}
          loading={pause.isPending}
          onClick={() => pause.mutate()}
        >
          Pause
        </Button>
      )}
      {(state === "paused" || state === "pausing") && (
        <Button leftSection={<IconPlayerPlay size={16} aria-hidden />} loading={resume.isPending} onClick={() => resume.mutate()}>
          Resume
        </Button>
      )}
      {!hasEnded(state) && state !== "cancelling" && (
        <Button
          variant="subtle"
          color="gray"
          leftSection={<IconX size={16} aria-hidden />}
          loading={cancel.isPending}
          onClick={() =>
            ask({
              title: "Cancel this campaign?",
              text: "What nobody has answered is not asked any more. Answers that were given stay and count.",
              confirm: "Cancel the campaign",
              isDangerous: true,
              onConfirm: () => cancel.mutate(),
            })
          }
        >
          Cancel
        </Button>
      )}
      {canWiden && (
        <Menu position="bottom-end">
          <Menu.Target>
            <Button leftSection={<IconArrowsMaximize size={16} aria-hidden />} loading={widen.isPending}>
              Ask more
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => widen.mutate(null)}>
              All {campaign.population === null ? "that is stale" : count(campaign.population)}
            </Menu.Item>
            {smaller.map((one) => (
              <Menu.Item key={one} onClick={() => widen.mutate(one)}>
                Enough for ±{pointsOf(one)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
      {dialog}
    </>
  );
}
