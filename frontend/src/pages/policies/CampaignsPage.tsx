import { IconRefresh } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { api, taken } from "@/api/client";
import { usePages } from "@/api/pages";
import { AppLink, type Column, DataTable, EmptyState, PageHeader, StatusBadge, Time, useProjectId } from "@/ui";
import { CampaignMeter } from "./campaigns/CampaignMeter";
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
            Open a release, look at its impact, and order the campaign there. Releases stand under{" "}
            <AppLink to={`/p/${projectId}/policies`}>Policies</AppLink>.
          </EmptyState>
        }
      />
    </>
  );
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
  { key: "overlap", header: "People per post", width: "130px", align: "end", render: (campaign) => campaign.overlap },
  { key: "progress", header: "Answers", width: "240px", render: (campaign) => <CampaignMeter progress={campaign.progress} /> },
  { key: "state", header: "State", width: "130px", render: (campaign) => <CampaignState state={campaign.progress.state} /> },
  { key: "started", header: "Ordered", width: "140px", render: (campaign) => <Time at={campaign.created_at} /> },
];

export function CampaignState({ state }: { state: Campaign["progress"]["state"] }) {
  if (state === "finished") return <StatusBadge state="done" label="Finished" />;
  if (state === "starting") return <StatusBadge state="building" label="Making tasks" />;
  return <StatusBadge state="running" label="Under way" />;
}
