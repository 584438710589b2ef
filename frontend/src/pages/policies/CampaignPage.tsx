import { useQuery } from "@tanstack/react-query";
import { useJob } from "@/api/jobs";
import { useMay } from "@/api/session";
import { AppLink, count, Facts, Figures, JobProgress, PageHeader, Panel, QueryView, sentenceCase, Stacked, Time, useRouteParam } from "@/ui";
import { CampaignFindings, findingFigures } from "./campaigns/CampaignFindings";
import { CampaignMeter } from "./campaigns/CampaignMeter";
import { CampaignSteps } from "./campaigns/CampaignSteps";
import { CampaignState } from "./CampaignsPage";
import { askedAbout, scopeOf } from "./figures";
import { campaignFindingsQuery, campaignQuery, releaseQuery } from "./queries";
import type { Campaign } from "./shapes";

export default function CampaignPage() {
  const query = useQuery(campaignQuery(useRouteParam("campaignId")));
  return <QueryView query={query}>{(campaign) => <CampaignView campaign={campaign} />}</QueryView>;
}

/** One re-labelling: what it asks, how far it is, what it found, and why. */
function CampaignView({ campaign }: { campaign: Campaign }) {
  const base = `/p/${campaign.project_id}`;
  const { progress } = campaign;
  const mayOrder = useMay(campaign.project_id, "policy.approve");
  const findings = useQuery(campaignFindingsQuery(campaign.id));
  const release = useQuery(releaseQuery(campaign.release.id));
  const titles = new Map(release.data?.clauses.map((clause) => [clause.key, clause.document.title]));
  const titleOf = (key: string): string => titles.get(key) ?? key;
  const about = askedAbout(
    (release.data?.clauses ?? [])
      .filter((clause) => campaign.clause_keys.includes(clause.key))
      .map((clause) => (clause.document.kind === "axis" ? "comparisons" : "posts")),
  );
  const following = followed(progress.state);
  return (
    <>
      <PageHeader
        title={`${campaign.release.label} against ${campaign.against.label}`}
        badge={<CampaignState state={progress.state} />}
        lead={`Asked again: the clauses whose meaning changed, on the ${about.many} that had answers to them.`}
        crumbs={[{ label: "Campaigns", to: `${base}/campaigns` }]}
        actions={mayOrder ? <CampaignSteps campaign={campaign} /> : undefined}
      />
      <Stacked>
        <Figures
          figures={[
            { label: "Tasks", value: count(progress.tasks), note: `${count(progress.tasks_closed)} closed` },
            {
              label: "Answers given",
              value: count(progress.answers_given),
              note: `of ${count(progress.answers_wanted)} wanted`,
            },
            ...(findings.data === undefined ? [] : findingFigures(campaign, findings.data)),
          ]}
        />
        {following !== null && campaign.job_id !== null ? (
          <Following jobId={campaign.job_id} {...following} />
        ) : (
          <Panel title="Progress" note={standing(progress.state)}>
            <CampaignMeter progress={progress} />
          </Panel>
        )}
        <QueryView query={findings}>{(data) => <CampaignFindings findings={data} titleOf={titleOf} />}</QueryView>
        <Panel title="What it asks">
          <Facts
            facts={[
              ["Clauses", campaign.clause_keys.map(titleOf).join(", ")],
              [sentenceCase(about.many), scopeOf(campaign)],
              ["In which order", campaign.margin === null ? "The worst first, then those a model is least sure of" : "As they were drawn"],
              [`People per ${about.one}`, campaign.overlap],
              ["Ordered", <Time key="at" at={campaign.created_at} />],
              [
                "Why",
                <AppLink key="why" to={`${base}/releases/${campaign.release.id}?view=changes&against=${campaign.against.id}`}>
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

/** What a campaign that nobody works on leaves to do. */
function standing(state: Campaign["progress"]["state"]): string | undefined {
  if (state === "paused") return "Nobody is handed its tasks until it is resumed. What people have open they may finish.";
  if (state === "cancelled") return "Nothing more is asked. What was answered stays, and another campaign may ask the rest.";
  return undefined;
}

interface Followed {
  readonly title: string;
  readonly job: string;
  readonly note?: string;
}

/** What a job does with the campaign's tasks now, if it does anything. */
function followed(state: Campaign["progress"]["state"]): Followed | null {
  switch (state) {
    case "starting":
      return { title: "Making the tasks", job: "Tasks of this campaign" };
    case "pausing":
      return {
        title: "Pausing",
        job: "Tasks held back",
        note: "Until all of them are, somebody may still be handed one. What people give back is held back already.",
      };
    case "resuming":
      return { title: "Resuming", job: "Tasks handed out again" };
    case "cancelling":
      return { title: "Cancelling", job: "Tasks withdrawn", note: "What people are writing now is kept." };
    default:
      return null;
  }
}

function Following({ jobId, title, job: jobTitle, note }: Followed & { jobId: string }) {
  const job = useJob(jobId);
  return (
    <Panel title={title} note={note}>
      <QueryView query={job}>{(data) => <JobProgress job={data} title={jobTitle} />}</QueryView>
    </Panel>
  );
}
