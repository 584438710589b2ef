import { IconRefresh } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { api, taken } from "@/api/client";
import { usePages } from "@/api/pages";
import { AppLink, type Column, DataTable, EmptyState, PageHeader, sentenceCase, StatusBadge, Time, useProjectId } from "@/ui";
import { CampaignMeter } from "./campaigns/CampaignMeter";
import { scopeOf } from "./figures";
import type { Campaign } from "./shapes";

/** Every re-labelling of the project, newest first. */
export default function CampaignsPage() {
  const projectId = useProjectId();
  const navigate = useNavigate();
  const campaigns = usePages(
    ["campaigns", projectId],
    (cursor) =>
      taken(
        api.GET("/api/projects/{project_id}/campaigns/", {
          params: { path: { project_id: projectId }, query: { cursor } },
        }),
      ),
    { refetchInterval: 10_000 },
  );
  return (
    <>
      <PageHeader
        title="Campaigns"
        lead="When a clause changes its meaning, a campaign asks that clause again where it was answered, and nothing else."
      />
      <DataTable
        label="Campaigns"
        columns={columns}
        rows={campaigns.rows}
        rowKey={(campaign) => campaign.id}
        query={campaigns}
        onOpen={(campaign) => void navigate({ to: `/p/${projectId}/campaigns/${campaign.id}` })}
        empty={
          <EmptyState title="Nothing has been asked again yet" icon={IconRefresh}>
            A campaign is ordered at the impact of a release that changed a meaning.{" "}
            <ReleasesThatChanged projectId={projectId} />
          </EmptyState>
        }
      />
    </>
  );
}

/** Links to the releases in effect that came after another one. */
function ReleasesThatChanged({ projectId }: { projectId: string }) {
  const policies = usePages(["policies", projectId], (cursor) =>
    taken(
      api.GET("/api/projects/{project_id}/policies/", {
        params: { path: { project_id: projectId }, query: { cursor } },
      }),
    ),
  );
  const current = policies.rows.flatMap((policy) =>
    policy.current !== null && policy.current.based_on !== null ? [policy.current] : [],
  );
  if (current.length === 0) return <>No release in effect has changed an earlier one yet.</>;
  return current.map((release) => (
    <AppLink key={release.id} to={`/p/${projectId}/releases/${release.id}?view=impact`}>
      Look at the impact of {release.label}.{" "}
    </AppLink>
  ));
}

const columns: readonly Column<Campaign>[] = [
  {
    key: "release",
    header: "Release",
    render: (campaign) => (
      <AppLink to={`/p/${campaign.project_id}/campaigns/${campaign.id}`}>
        {campaign.release.label} against {campaign.against.label}
      </AppLink>
    ),
  },
  {
    key: "clauses",
    header: "Clauses",
    render: (campaign) => campaign.clause_keys.map((key) => <code key={key}>{key} </code>),
  },
  { key: "scope", header: "Asks", width: "120px", render: (campaign) => scopeOf(campaign) },
  { key: "overlap", header: "People each", width: "110px", align: "end", render: (campaign) => campaign.overlap },
  { key: "progress", header: "Answers", width: "190px", render: (campaign) => <CampaignMeter progress={campaign.progress} /> },
  { key: "state", header: "State", width: "120px", render: (campaign) => <CampaignState state={campaign.progress.state} /> },
  { key: "started", header: "Ordered", width: "110px", render: (campaign) => <Time at={campaign.created_at} /> },
];

export function CampaignState({ state }: { state: Campaign["progress"]["state"] }) {
  if (state === "finished") return <StatusBadge state="done" label="Finished" />;
  if (state === "paused" || state === "cancelled") return <StatusBadge state={state} />;
  if (state === "starting") return <StatusBadge state="building" label="Making tasks" />;
  if (state === "pausing" || state === "resuming" || state === "cancelling") return <StatusBadge state="building" label={`${sentenceCase(state)}…`} />;
  return <StatusBadge state="running" label="Under way" />;
}
