import { Button } from "@mantine/core";
import { IconPlayerPlay } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, taken } from "@/api/client";
import { useMay } from "@/api/session";
import { moneyWords, Stopped } from "@/asking";
import { announceProblem, count, Figures, isOver, JobProgress, PageHeader, plural, QueryView, Stacked, useProjectId, useRouteParam } from "@/ui";
import classes from "./bench.module.css";
import { BenchOverview, placeOf } from "./BenchOverview";
import { BenchPosts } from "./BenchPosts";
import { BenchState } from "./BenchState";
import { ClauseFigures } from "./ClauseFigures";
import { stoppedBy } from "./limits";
import { type BenchRun, isUnderWay, runQuery } from "./queries";
import { secondsWords } from "./words";

/** `/p/:id/policies/:policyId/bench/:runId`: what one text made a judge say, beside what people decided. */
export default function BenchRunPage() {
  const run = useQuery(runQuery(useRouteParam("runId")));
  return <QueryView query={run}>{(found) => <RunView run={found} />}</QueryView>;
}

function RunView({ run }: { run: BenchRun }) {
  const projectId = useProjectId();
  const base = `/p/${projectId}/policies/${run.policy_id}`;
  const figures = run.figures;
  return (
    <>
      <PageHeader
        title={run.release_label}
        badge={<BenchState run={run} />}
        lead={
          <>
            Judged by {run.model_told.name} (<code>{run.model_told.model}</code>)
            {run.baseline_label !== "" && <>, against {run.baseline_label}</>}
            {run.held_out && ", on posts that measure people and models"}. {howAsked(run)}
          </>
        }
        crumbs={[
          { label: "Policies", to: `/p/${projectId}/policies` },
          { label: "Test bench", to: `${base}/bench` },
        ]}
        actions={<GoOn run={run} />}
      />
      <Stacked>
        <Progress run={run} />
        <StoppedBy run={run} />
        {figures !== null && (
          <>
            <Figures
              figures={[
                {
                  label: "Posts judged",
                  value: count(figures.posts_asked),
                  note: figures.posts_asked < figures.posts ? `of ${count(figures.posts)} chosen` : plural(run.clause_keys.length, "clause"),
                },
                { label: "Answers", value: count(figures.cost.calls), note: run.failed_calls > 0 ? `${count(run.failed_calls)} never came` : "" },
                { label: "Tokens in", value: count(figures.cost.tokens_in) },
                { label: "Tokens out", value: count(figures.cost.tokens_out) },
                { label: "Cost", value: moneyWords(figures.cost.money), note: figures.cost.money === null ? "no prices told" : "by the endpoint’s prices" },
                { label: "Time", value: secondsWords(figures.cost.seconds_passed), note: `${secondsWords(figures.cost.seconds_of_answers)} of answers` },
              ]}
            />
            {figures.clauses.length > 1 && <BenchOverview run={run} clauses={figures.clauses} />}
            {figures.clauses.map((clause) => (
              <div key={clause.clause_key} id={placeOf(clause)} className={classes.place}>
                <ClauseFigures clause={clause} run={run} isAlone={figures.clauses.length === 1} />
              </div>
            ))}
            <BenchPosts run={run} />
          </>
        )}
      </Stacked>
    </>
  );
}

/** "Up to 50 posts a clause, 3 seeds at temperature 0.7, examples in both orders, stops at 2.00." */
function howAsked(run: BenchRun): string {
  const limits = [
    ...(run.most_cost === null ? [] : [`cost ${moneyWords(run.most_cost)}`]),
    ...(run.most_tokens === null ? [] : [`${count(run.most_tokens)} tokens`]),
  ];
  const said = [
    `Up to ${plural(run.per_clause, "post")} a clause`,
    `${plural(run.seeds, "seed")} at temperature ${run.temperature}`,
    run.both_orders ? "examples in both orders" : "examples in one order",
    limits.length === 0 ? "no limit" : `stops at ${limits.join(" or ")}`,
  ];
  return `${said.join(", ")}.`;
}

/** Said once a limit ended a trial: what was judged stands, and what to do for the rest. */
function StoppedBy({ run }: { run: BenchRun }) {
  const by = stoppedBy(run);
  if (by === null) return null;
  const limit = by === "cost" ? `cost of ${moneyWords(run.most_cost)}` : `${count(run.most_tokens ?? 0)} tokens`;
  return (
    <Stopped>
      Its limit, {limit}, stopped it after {count(run.made_calls)} of {plural(run.planned_calls, "call")}. What was judged stands below; try the text
      again with a higher limit to judge the rest.
    </Stopped>
  );
}

/** The job behind a trial while it is under way, or what stopped it. */
function Progress({ run }: { run: BenchRun }) {
  const queries = useQueryClient();
  const mayCancel = useMay(run.project_id, "judges.run");
  const jobId = run.job?.id ?? "";
  const cancel = useMutation({
    mutationFn: () => api.POST("/api/jobs/{job_id}/cancel/", { params: { path: { job_id: jobId } } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["bench run", run.id] }),
    onError: announceProblem,
  });
  if (run.job === null || run.finished_at !== null) return null;
  const canCancel = mayCancel && !run.job.cancel_requested && !isOver(run.job.state);
  return <JobProgress job={run.job} title="Asking the judge" {...(canCancel ? { onCancel: () => cancel.mutate() } : {})} />;
}

/** Go on with what was cancelled or broke off; what was judged is kept. */
function GoOn({ run }: { run: BenchRun }) {
  const queries = useQueryClient();
  const mayRun = useMay(run.project_id, "judges.run");
  const resume = useMutation({
    mutationFn: () => taken(api.POST("/api/bench-runs/{run_id}/resume/", { params: { path: { run_id: run.id } } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["bench run", run.id] }),
    onError: announceProblem,
  });
  if (!mayRun || run.finished_at !== null || isUnderWay(run)) return null;
  return (
    <Button leftSection={<IconPlayerPlay size={16} aria-hidden />} loading={resume.isPending} onClick={() => resume.mutate()}>
      Go on
    </Button>
  );
}
