import { useQuery } from "@tanstack/react-query";
import { api, taken } from "@/api/client";
import { AppLink, count, Facts, Figures, isOver, JobProgress, PageHeader, Panel, QueryView, Stacked, Time, useRouteParam } from "@/ui";
import { CampaignMeter } from "./campaigns/CampaignMeter";
import { CampaignState } from "./CampaignsPage";
import { campaignQuery } from "./queries";
import type { Campaign } from "./shapes";

export default function CampaignPage() {
  const query = useQuery(campaignQuery(useRouteParam("campaignId")));
  return <QueryView query={query}>{(campaign) => <CampaignView campaign={campaign} />}</QueryView>;
}

/** One re-labelling: what it asks, how far it is, and why. */
function CampaignView({ campaign }: { campaign: Campaign }) {
  const base = `/p/${campaign.project_id}`;
  const { progress } = campaign;
  return (
    <>
      <PageHeader
        title={`${campaign.release.label} against ${campaign.against.label}`}
        badge={<CampaignState state={progress.state} />}
        lead="Asked again: the clauses whose meaning changed, on the posts that had answers to them."
        crumbs={[{ label: "Campaigns", to: `${base}/campaigns` }]}
      />
      <Stacked>
        <Figures
          figures={[
            { label: "Tasks", value: count(progress.tasks), note: `${count(progress.tasks_closed)} closed` },
            { label: "Answers wanted", value: count(progress.answers_wanted) },
            { label: "Answers given", value: count(progress.answers_given) },
          ]}
        />
        {campaign.job_id !== null && progress.state === "starting" ? (
          <MakingTasks jobId={campaign.job_id} />
        ) : (
          <Panel title="Progress">
            <CampaignMeter progress={progress} />
          </Panel>
        )}
        <Panel title="What it asks">
          <Facts
            facts={[
              ["Clauses", campaign.clause_keys.map((key) => <code key={key}>{key} </code>)],
              ["People per post", campaign.overlap],
              ["Ordered", <Time key="at" at={campaign.created_at} />],
              [
                "Why",
                <AppLink key="why" to={`${base}/releases/${campaign.release.id}?view=changes`}>
                  What changed in release {campaign.release.number}
                </AppLink>,
              ],
            ]}
          />
        </Panel>
      </Stacked>
    </>
  );
}

function MakingTasks({ jobId }: { jobId: string }) {
  const job = useQuery({
    queryKey: ["job", jobId],
    queryFn: () => taken(api.GET("/api/jobs/{job_id}/", { params: { path: { job_id: jobId } } })),
    refetchInterval: (query) => (isOver(query.state.data?.state ?? "") ? false : 2000),
  });
  return (
    <Panel title="Making the tasks">
      <QueryView query={job}>
        {(data) => <JobProgress job={data} title="Tasks of this campaign" />}
      </QueryView>
    </Panel>
  );
}
