import { Button } from "@mantine/core";
import { IconPencilPlus } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { api, taken } from "@/api/client";
import { announceProblem, EmptyState, PageHeader, QueryView, useProjectId, useRouteParam, useShortcuts } from "@/ui";
import { policyQuery } from "./queries";
import { ReleaseTimeline } from "./ReleaseTimeline";
import type { PolicyDetail } from "./shapes";

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
  const startNext = (): void => start.mutate(policy.current?.id ?? newest?.id ?? null);
  useShortcuts([
    { id: "policy.draft", label: "Start a draft", keys: "n", enabled: policy.can_edit, run: startNext },
  ]);
  const draft = policy.can_edit ? (
    <Button leftSection={<IconPencilPlus size={16} aria-hidden />} loading={start.isPending} onClick={startNext}>
      {policy.current === null ? "Start a draft" : `Start a draft from release ${policy.current.number ?? ""}`}
    </Button>
  ) : undefined;
  return (
    <>
      <PageHeader
        title={policy.title}
        lead={policy.summary === "" ? undefined : policy.summary}
        crumbs={[{ label: "Policies", to: `/p/${projectId}/policies` }]}
        actions={draft}
      />
      {policy.releases.length === 0 ? (
        <EmptyState title="Nothing is released yet" actions={draft}>
          {policy.can_edit ? "The first draft starts on an empty page." : "Come back when a release is out."}
        </EmptyState>
      ) : (
        <ReleaseTimeline
          projectId={projectId}
          releases={policy.releases}
          currentId={policy.current?.id ?? null}
          onDraftFrom={policy.can_edit ? (release) => start.mutate(release.id) : undefined}
        />
      )}
    </>
  );
}
