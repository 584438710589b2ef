import { Button } from "@mantine/core";
import { IconMessageOff, IconPlayerPlay, IconPlayerStop } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, taken } from "@/api/client";
import { usePages } from "@/api/pages";
import { useMay } from "@/api/session";
import { moneyWords, Stopped } from "@/asking";
import { announceProblem, AppLink, count, EmptyState, Figures, isOver, JobProgress, PageHeader, Panel, plural, QueryView, Stacked, useProjectId, useRouteParam, useShortcuts } from "@/ui";
import { Turns } from "./comparisons/Turns";
import { isUnderWay, runningMs, type SampledPrompt, sampledPromptsPage, samplingRunQuery, type SamplingRunDetail } from "./sampling/queries";
import { RunState } from "./sampling/RunState";
import classes from "./sampling/sampling.module.css";
import { lostWords, madeWords, makingWords, sampleNote } from "./sampling/words";
import { SafeText } from "./SafeText";

/** `/p/:id/comparisons/sampling/:runId`: how a model was asked, and what it said. */
export default function SamplingRunPage() {
  const run = useQuery(samplingRunQuery(useRouteParam("runId")));
  return <QueryView query={run}>{(found) => <RunView run={found} />}</QueryView>;
}

function RunView({ run }: { run: SamplingRunDetail }) {
  const projectId = useProjectId();
  const base = `/p/${projectId}/comparisons`;
  return (
    <>
      <PageHeader
        title={run.source_model}
        badge={<RunState run={run} />}
        lead={
          <>
            {plural(run.samples, "response")} to each of {plural(run.prompts, "prompt")} {run.prompts_from === "file" ? "of a file" : "of the project"}, by <code>{run.model_told.model}</code> at temperature {run.temperature}, at most{" "}
            {count(run.max_tokens)} tokens each{run.seed !== null && `, seed ${run.seed}`}. Made of them: {makingWords(run).toLowerCase()}.
          </>
        }
        crumbs={[
          { label: "Comparisons", to: base },
          { label: "Responses by models", to: `${base}/sampling` },
        ]}
        actions={<GoOn run={run} />}
      />
      <Stacked>
        <Progress run={run} />
        {run.stopped_by !== "" && (
          <Stopped>
            Its limit of {run.stopped_by} stopped it after {count(run.made_calls)} of {plural(run.planned_calls, "call")}. What was answered stands.
          </Stopped>
        )}
        <Figures
          figures={[
            { label: "New responses", value: count(run.kept_calls), note: `of ${plural(run.planned_calls, "call")}` },
            { label: "Not new", value: count(run.repeated_calls + run.empty_calls + run.failed_calls), note: lostWords(run) === "" ? "every answer is" : lostWords(run) },
            { label: "To judge", value: madeWords(run), note: run.finished_at === null ? "made when it ends" : "ask people about it under Ask" },
            { label: "Cost", value: moneyWords(run.cost.money), note: `${count(run.cost.tokens_in)} tokens in, ${count(run.cost.tokens_out)} out` },
          ]}
        />
        {run.finished_at !== null && run.made_pairs > 0 && (
          <p className={classes.soft}>
            The pairs stand among <AppLink to={base}>the comparisons</AppLink>; nobody is asked about them before you <AppLink to={`/p/${projectId}/ask`}>ask for judgments</AppLink>.
          </p>
        )}
        {run.system !== "" && (
          <Panel title="System text" note="Before prompts that have none of their own.">
            <pre className={classes.system} tabIndex={0} aria-label="The system text">
              {run.system}
            </pre>
          </Panel>
        )}
        <Prompts run={run} />
      </Stacked>
    </>
  );
}

/** The job behind a run while it is under way, or what stopped it. */
function Progress({ run }: { run: SamplingRunDetail }) {
  const queries = useQueryClient();
  const mayCancel = useMay(run.project_id, "content.import");
  const jobId = run.job?.id ?? "";
  const cancel = useMutation({
    mutationFn: () => api.POST("/api/jobs/{job_id}/cancel/", { params: { path: { job_id: jobId } } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["sampling run", run.id] }),
    onError: announceProblem,
  });
  if (run.job === null || run.finished_at !== null) return null;
  const canCancel = mayCancel && !run.job.cancel_requested && !isOver(run.job.state);
  return <JobProgress job={run.job} title="Asking the model" {...(canCancel ? { onCancel: () => cancel.mutate() } : {})} />;
}

/** Go on with what was cancelled or broke off, or leave it at what there is. */
function GoOn({ run }: { run: SamplingRunDetail }) {
  const queries = useQueryClient();
  const mayAsk = useMay(run.project_id, "content.import");
  const canGoOn = mayAsk && run.finished_at === null && !isUnderWay(run);
  const resume = useMutation({
    mutationFn: (asks: boolean) => taken(api.POST("/api/sampling-runs/{run_id}/resume/", { params: { path: { run_id: run.id } }, body: { asks } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["sampling run", run.id] }),
    onError: announceProblem,
  });
  useShortcuts(canGoOn ? [{ id: "sampling-run.go-on", label: "Go on asking the model", keys: "r", run: () => resume.mutate(true) }] : []);
  if (!canGoOn) return null;
  return (
    <>
      <Button variant="default" leftSection={<IconPlayerStop size={16} aria-hidden />} loading={resume.isPending} onClick={() => resume.mutate(false)}>
        Leave it at this
      </Button>
      <Button leftSection={<IconPlayerPlay size={16} aria-hidden />} loading={resume.isPending} onClick={() => resume.mutate(true)}>
        Go on
      </Button>
    </>
  );
}

function Prompts({ run }: { run: SamplingRunDetail }) {
  const key = ["sampled prompts", run.id, run.job?.id, run.job?.state];
  const prompts = usePages(key, (cursor) => sampledPromptsPage(run.id, cursor), { refetchInterval: isUnderWay(run) ? runningMs : false });
  return (
    <Panel title="Prompts" note="What the model said to each, in the order of asking. Who judges never learns where a response came from.">
      <QueryView query={{ ...prompts, data: prompts.isPending ? undefined : prompts.rows }}>
        {(rows) =>
          rows.length === 0 ? (
            <EmptyState framed={false} icon={IconMessageOff} title="No prompts">
              Nothing was asked.
            </EmptyState>
          ) : (
            <div className={classes.prompts}>
              {rows.map((row) => (
                <Prompt key={row.id} row={row} />
              ))}
              {prompts.hasNextPage && (
                <Button variant="default" loading={prompts.isFetchingNextPage} onClick={() => void prompts.fetchNextPage()}>
                  More prompts
                </Button>
              )}
            </div>
          )
        }
      </QueryView>
    </Panel>
  );
}

function Prompt({ row }: { row: SampledPrompt }) {
  return (
    <article className={classes.prompt} aria-label={`Prompt, ${plural(row.samples.length, "answer")} of ${count(row.wanted)}`}>
      <Turns messages={row.messages} language={row.language} />
      {row.samples.length === 0 ? (
        <p className={classes.soft}>Not asked yet.</p>
      ) : (
        <ol className={classes.samples}>
          {row.samples.map((sample) => (
            <li key={sample.place} className={classes.sample} tabIndex={0}>
              {sample.text !== "" && <SafeText text={sample.text} />}
              {sampleNote(sample) !== "" && <span className={classes.soft}>{sampleNote(sample)}</span>}
            </li>
          ))}
        </ol>
      )}
    </article>
  );
}
