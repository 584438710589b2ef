import { Button } from "@mantine/core";
import { IconPlayerPlay } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api, taken } from "@/api/client";
import { useMay } from "@/api/session";
import { moneyWords, Stopped } from "@/asking";
import {
  announceProblem,
  type Column,
  count,
  DataTable,
  Figures,
  isOver,
  JobProgress,
  LoadingState,
  PageHeader,
  Panel,
  plural,
  QueryView,
  Stacked,
  StatusBadge,
  useProjectId,
  useRouteParam,
} from "@/ui";
import { AxisChoice } from "./AxisChoice";
import { shareTold } from "./judging/figures";
import classes from "./judges/judges.module.css";
import { JudgedComparisons } from "./judges/JudgedComparisons";
import { isUnderWay, type JudgeFigures, type JudgeRunDetail, judgeRunQuery, judgesQuery } from "./judges/queries";
import { changesTold, firstTold, judgedWords, kappaTold } from "./judges/words";

/** `/p/:id/judges/:runId`: one version of a judge, how it was asked and what it answered. */
export default function JudgeRunPage() {
  const run = useQuery(judgeRunQuery(useRouteParam("runId")));
  return <QueryView query={run}>{(found) => <RunView run={found} />}</QueryView>;
}

function RunView({ run }: { run: JudgeRunDetail }) {
  const projectId = useProjectId();
  const [clauseKey, setClauseKey] = useState(run.clause_keys[0] ?? "");
  const axes = run.clause_keys.map((key) => ({ key, title: run.prompts.find((prompt) => prompt.clause_key === key)?.title ?? key }));
  const axis = axes.find((each) => each.key === clauseKey);
  return (
    <>
      <PageHeader
        title={run.judge}
        badge={<State run={run} />}
        lead={howAsked(run)}
        crumbs={[{ label: "Judges", to: `/p/${projectId}/judges` }]}
        actions={
          <>
            {axis !== undefined && axes.length > 1 && <AxisChoice page="judge-run" axes={axes} axis={axis} onChoose={(key) => setClauseKey(key ?? clauseKey)} />}
            <GoOn run={run} />
          </>
        }
      />
      <Stacked>
        <Progress run={run} />
        {run.stopped_by !== "" && (
          <Stopped>
            Its limit of {run.stopped_by} stopped it after {count(run.made_calls)} of {plural(run.planned_calls, "call")}. What it answered stands.
          </Stopped>
        )}
        {axis !== undefined && <OneAxis key={axis.key} run={run} clauseKey={axis.key} />}
      </Stacked>
    </>
  );
}

function OneAxis({ run, clauseKey }: { run: JudgeRunDetail; clauseKey: string }) {
  const judges = useQuery(judgesQuery(run.project_id, clauseKey));
  const version = judges.data?.axis?.key === clauseKey ? judges.data.versions.find((each) => each.id === run.id) : undefined;
  const prompt = run.prompts.find((each) => each.clause_key === clauseKey);
  const figures = version?.figures ?? null;
  return (
    <>
      {judges.isPending && <LoadingState label="Loading the figures" />}
      {figures !== null && (
        <Figures
          figures={[
            { label: "Comparisons judged", value: count(figures.comparisons), note: run.failed_calls > 0 ? `${plural(run.failed_calls, "call")} never came back` : `of ${count(run.comparisons)}` },
            { label: "κ with people", ...kappaTold(figures.kappa) },
            { label: "As people say", ...shareTold(figures.agreement, "people decided none") },
            { label: "Same when turned", ...shareTold(figures.same, "asked in one order") },
            { label: "First place wins", ...firstTold(figures.first) },
            { label: "Without a clear answer", ...shareTold(figures.unclear, "nothing came back") },
            { label: "Changed since before", ...changesTold(version?.changes ?? null) },
            { label: "Cost", value: moneyWords(run.cost.money), note: `${count(run.cost.tokens_in)} tokens in, ${count(run.cost.tokens_out)} out` },
          ]}
        />
      )}
      {figures !== null && figures.confusion.length > 0 && <Confusion figures={figures} />}
      <JudgedComparisons run={run} clauseKey={clauseKey} />
      {prompt !== undefined && (
        <Panel title="What it was asked" note={`The text of the axis as it stood then, ${plural(prompt.tokens, "token")}. Prompt ${run.fingerprint}.`}>
          <pre className={classes.prompt} tabIndex={0} aria-label="The judge’s instruction">
            {prompt.prompt}
          </pre>
        </Panel>
      )}
    </>
  );
}

type Cell = JudgeFigures["confusion"][number];

function Confusion({ figures }: { figures: JudgeFigures }) {
  const columns: readonly Column<Cell>[] = [
    { key: "people", header: "People say", render: (cell) => judgedWords(cell.people) },
    { key: "judge", header: "The judge says", render: (cell) => judgedWords(cell.judge) },
    { key: "count", header: "Comparisons", width: "130px", align: "end", render: (cell) => count(cell.comparisons) },
  ];
  const rows = [...figures.confusion].sort((one, other) => other.comparisons - one.comparisons);
  return (
    <Panel title="People and the judge" note="Marked: both say the same." flush>
      <DataTable label="What people and the judge say" columns={columns} rows={rows} rowKey={(cell) => `${cell.people} ${cell.judge}`} isSelected={(cell) => cell.people === cell.judge} />
    </Panel>
  );
}

function howAsked(run: JudgeRunDetail) {
  if (run.source === "imported") return <>Answers brought in{run.version !== "" && <> of version {run.version}</>}, under {run.release_label}.</>;
  return (
    <>
      <code>{run.model_told.model}</code>, asked about {plural(run.comparisons, "comparison")} under {run.release_label}, {run.both_orders ? "in both orders" : "in one order"}, at temperature{" "}
      {run.temperature}.
    </>
  );
}

function State({ run }: { run: JudgeRunDetail }) {
  if (run.source === "imported") return <StatusBadge state="model" label="Brought in" />;
  if (run.finished_at !== null) return run.stopped_by === "" ? <StatusBadge state="done" /> : <StatusBadge state="paused" label="Stopped by its limit" />;
  return <StatusBadge state={run.job?.state ?? "pending"} />;
}

/** The job behind a run while it is under way, or what stopped it. */
function Progress({ run }: { run: JudgeRunDetail }) {
  const queries = useQueryClient();
  const mayCancel = useMay(run.project_id, "judges.run");
  const jobId = run.job?.id ?? "";
  const cancel = useMutation({
    mutationFn: () => api.POST("/api/jobs/{job_id}/cancel/", { params: { path: { job_id: jobId } } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["judge run", run.id] }),
    onError: announceProblem,
  });
  if (run.job === null || run.finished_at !== null) return null;
  const canCancel = mayCancel && !run.job.cancel_requested && !isOver(run.job.state);
  return <JobProgress job={run.job} title="Asking the judge" {...(canCancel ? { onCancel: () => cancel.mutate() } : {})} />;
}

/** Go on with what was cancelled or broke off; what was answered is kept. */
function GoOn({ run }: { run: JudgeRunDetail }) {
  const queries = useQueryClient();
  const mayRun = useMay(run.project_id, "judges.run");
  const resume = useMutation({
    mutationFn: () => taken(api.POST("/api/judge-runs/{run_id}/resume/", { params: { path: { run_id: run.id } } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["judge run", run.id] }),
    onError: announceProblem,
  });
  if (!mayRun || run.source === "imported" || run.finished_at !== null || isUnderWay(run)) return null;
  return (
    <Button leftSection={<IconPlayerPlay size={16} aria-hidden />} loading={resume.isPending} onClick={() => resume.mutate()}>
      Go on
    </Button>
  );
}
