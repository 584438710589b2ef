import { Button } from "@mantine/core";
import { IconFileImport, IconPencilPlus } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { api, taken } from "@/api/client";
import { useMay, useMe } from "@/api/session";
import {
  announceProblem,
  EmptyState,
  PageHeader,
  QueryView,
  relativeTime,
  useConfirm,
  useProjectId,
  useRouteParam,
  useShortcuts,
} from "@/ui";
import { ApprovalsRequired } from "./ApprovalsRequired";
import { LinkButton } from "./LinkButton";
import { policyQuery } from "./queries";
import { draftName } from "./ReleaseStage";
import { ReleaseTimeline } from "./ReleaseTimeline";
import type { PolicyDetail, ReleaseBrief } from "./shapes";

export default function PolicyPage() {
  const query = useQuery(policyQuery(useRouteParam("policyId")));
  return <QueryView query={query}>{(policy) => <PolicyView policy={policy} />}</QueryView>;
}

/** One policy: its releases on a line through time, and the way to the next draft. */
function PolicyView({ policy }: { policy: PolicyDetail }) {
  const projectId = useProjectId();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const newest = policy.releases.find((release) => release.number !== null) ?? null;
  const start = useMutation({
    mutationFn: (basedOn: string | null) =>
      taken(
        api.POST("/api/policies/{policy_id}/releases/", {
          params: { path: { policy_id: policy.id } },
          body: { based_on_id: basedOn },
        }),
      ),
    onSuccess: async (draft) => {
      await queries.invalidateQueries({ queryKey: ["policy", policy.id] });
      void navigate({ to: `/p/${projectId}/releases/${draft.id}` });
    },
    onError: announceProblem,
  });
  const [ask, confirmDialog] = useConfirm();
  const open = policy.releases.find((release) => release.number === null);
  /** Two drafts of one policy are seldom meant: ask before there are. */
  const begin = (basedOn: string | null): void => {
    if (open === undefined) {
      start.mutate(basedOn);
      return;
    }
    ask({
      title: "Start a second draft?",
      text: `There is one already: ${draftName(open)}, begun ${relativeTime(new Date(open.created_at))}. Only one of two drafts from the same release can keep its changes without copying.`,
      confirm: "Start another draft",
      onConfirm: () => start.mutate(basedOn),
    });
  };
  const wayOn = useWayOn(projectId, open);
  const startNext = (): void => begin(policy.current?.id ?? newest?.id ?? null);
  useShortcuts([
    { id: "policy.draft", label: "Start a draft", keys: "n", enabled: policy.can_edit, run: startNext },
    {
      id: "policy.open",
      label: wayOn?.label ?? "Open the draft",
      keys: "o",
      enabled: wayOn !== null,
      run: () => void navigate({ to: wayOn?.to ?? ".", search: wayOn?.search ?? {} }),
    },
  ]);
  const draft = policy.can_edit ? (
    <Button
      variant={open === undefined ? "filled" : "default"}
      leftSection={<IconPencilPlus size={16} aria-hidden />}
      loading={start.isPending}
      onClick={startNext}
    >
      {policy.current === null ? "Start a draft" : `Start a draft from release ${policy.current.number ?? ""}`}
    </Button>
  ) : undefined;
  return (
    <>
      <PageHeader
        title={policy.title}
        lead={policy.summary === "" ? undefined : policy.summary}
        crumbs={[{ label: "Policies", to: `/p/${projectId}/policies` }]}
        actions={
          <>
            {policy.can_edit && (
              <Button
                variant="default"
                leftSection={<IconFileImport size={16} aria-hidden />}
                onClick={() => void navigate({ to: `/p/${projectId}/policies/import`, search: { policy: policy.id } })}
              >
                Bring in a text
              </Button>
            )}
            {draft}
            {wayOn !== null && <LinkButton to={addressOf(wayOn)}>{wayOn.label}</LinkButton>}
          </>
        }
      />
      {confirmDialog}
      <ApprovalsRequired policy={policy} />
      {policy.releases.length === 0 ? (
        <EmptyState title="Nothing is released yet" actions={draft}>
          {policy.can_edit ? "The first draft starts on an empty page." : "Come back when a release is out."}
        </EmptyState>
      ) : (
        <ReleaseTimeline
          projectId={projectId}
          releases={policy.releases}
          currentId={policy.current?.id ?? null}
          onDraftFrom={policy.can_edit ? (release) => begin(release.id) : undefined}
        />
      )}
    </>
  );
}

interface Way {
  readonly label: string;
  readonly to: string;
  readonly search: Record<string, string>;
}

/** The way to the open draft, said as what this person can do for it. */
function useWayOn(projectId: string, release: ReleaseBrief | undefined): Way | null {
  const myId = useMe().id;
  const mayApprove = useMay(projectId, "policy.approve");
  const mayEdit = useMay(projectId, "policy.edit");
  if (release === undefined) return null;
  const isMine = release.created_by.id === myId || release.submitted_by?.id === myId;
  const to = `/p/${projectId}/releases/${release.id}`;
  if (release.is_approved && mayEdit) return { label: "Publish the approved draft", to, search: {} };
  if (release.state === "in_review" && mayApprove && !isMine) return { label: "Review the draft", to, search: { view: "changes" } };
  return { label: "Open the draft", to, search: {} };
}

function addressOf({ to, search }: Way): string {
  const asked = new URLSearchParams(search).toString();
  return asked === "" ? to : `${to}?${asked}`;
}
