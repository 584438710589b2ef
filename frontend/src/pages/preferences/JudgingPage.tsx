import { Button } from "@mantine/core";
import { IconBook2, IconUsers } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { api, taken } from "@/api/client";
import { useJob } from "@/api/jobs";
import { useMay } from "@/api/session";
import {
  AppLink,
  type Column,
  count,
  DataTable,
  decimal,
  EmptyState,
  Figures,
  FormProblem,
  isOver,
  JobProgress,
  PageHeader,
  Panel,
  percent,
  QueryView,
  Stacked,
  Time,
  useProjectId,
} from "@/ui";
import { AxisChoice } from "./AxisChoice";
import { outcomeWords } from "./comparisons/wording";
import { type Found, type Judging, outcomesOf, pullTold, shareTold } from "./judging/figures";
import { Own, People } from "./judging/People";
import { Scans } from "./judging/Scans";
import { Suspects } from "./judging/Suspects";
import classes from "./ratings/RatingsPage.module.css";

/** How people judge: of everybody for those who see results, of themselves for everybody else. */
export default function JudgingPage() {
  const projectId = useProjectId();
  return useMay(projectId, "results.view") ? <Everybody projectId={projectId} /> : <Mine projectId={projectId} />;
}

function Mine({ projectId }: { projectId: string }) {
  const query = useQuery({
    queryKey: ["judging-mine", projectId],
    queryFn: () => taken(api.GET("/api/projects/{project_id}/judging/mine/", { params: { path: { project_id: projectId } } })),
  });
  return (
    <>
      <PageHeader title="How I judge" lead="What your comparisons show, axis by axis, with how sure that is. Nobody but you and those who see results reads it." />
      <QueryView query={query}>
        {({ axes }) =>
          axes.length === 0 ? (
            <EmptyState icon={IconUsers} title="Nothing measured yet">
              Once you have compared responses and somebody measures how people judge, your own figures stand here.
            </EmptyState>
          ) : (
            <Stacked>
              {axes.map(({ axis, person, measured_at: at }) => (
                <Panel key={axis.key} title={axis.title} note={axis.question} actions={<Time at={at} />}>
                  <Own person={person} />
                </Panel>
              ))}
            </Stacked>
          )
        }
      </QueryView>
    </>
  );
}

function Everybody({ projectId }: { projectId: string }) {
  const [clauseKey, setClauseKey] = useState<string | null>(null);
  const query = useQuery({
    queryKey: ["judging", projectId, clauseKey],
    queryFn: () =>
      taken(
        api.GET("/api/projects/{project_id}/judging/", {
          params: { path: { project_id: projectId }, query: clauseKey === null ? {} : { clause_key: clauseKey } },
        }),
      ),
    placeholderData: (before) => before,
  });
  const axes = query.data?.axes ?? [];
  const axis = query.data?.axis ?? null;
  return (
    <>
      <PageHeader
        title="How people judge"
        lead="Who can be trusted, what sways them besides what is better, and whether they say it again."
        actions={axis !== null && <AxisChoice page="judging" axes={axes} axis={axis} onChoose={setClauseKey} />}
      />
      <QueryView query={query}>{(judging) => <OneAxis key={judging.axis?.key} judging={judging} projectId={projectId} />}</QueryView>
    </>
  );
}

function OneAxis({ judging, projectId }: { judging: Judging; projectId: string }) {
  const { axis, found } = judging;
  if (axis === null) {
    return (
      <EmptyState icon={IconBook2} title="No axis to judge on yet" actions={<AppLink to={`/p/${projectId}/policies`}>Go to the policies</AppLink>}>
        No release in effect has axis clauses. They say on what two responses are compared.
      </EmptyState>
    );
  }
  return (
    <Stacked>
      <p className={classes.question}>{axis.question}</p>
      <Measure judging={judging} clauseKey={axis.key} projectId={projectId} />
      {found !== null && (found.people.length === 0 ? <p>Nobody has answered “{axis.title}” yet.</p> : <Measured found={found} clauseKey={axis.key} projectId={projectId} />)}
    </Stacked>
  );
}

/** When it was measured, and the way to measure it again. */
function Measure({ judging, clauseKey, projectId }: { judging: Judging; clauseKey: string; projectId: string }) {
  const queries = useQueryClient();
  const start = useMutation({
    mutationFn: () =>
      taken(
        api.POST("/api/projects/{project_id}/judging/measure/", {
          params: { path: { project_id: projectId }, query: { clause_key: clauseKey } },
        }),
      ),
  });
  const { data: job } = useJob(start.data?.id ?? (judging.is_measuring ? (judging.job_id ?? null) : null));
  const isDone = job !== undefined && isOver(job.state);
  const isRunning = job !== undefined && !isDone;
  useEffect(() => {
    if (!isDone) return;
    void queries.invalidateQueries({ queryKey: ["judging", projectId] });
    void queries.invalidateQueries({ queryKey: ["judging-scans", projectId] });
  }, [isDone, queries, projectId]);
  return (
    <div className={classes.again}>
      <p>
        {judging.measured_at === null ? (
          "Not measured yet. A worker measures it, and decides every comparison anew by who said what."
        ) : (
          <>
            Measured <Time at={judging.measured_at} />. Later answers are not in it.
          </>
        )}
      </p>
      <Button size="xs" variant={judging.measured_at === null ? "filled" : "default"} loading={start.isPending} disabled={isRunning} onClick={() => start.mutate()}>
        {judging.measured_at === null ? "Measure" : "Measure again"}
      </Button>
      {job !== undefined && (isRunning || job.state !== "succeeded") && <JobProgress job={job} title="Measure how people judge" />}
      <FormProblem error={start.error} />
    </div>
  );
}

function Measured({ found, clauseKey, projectId }: { found: Found; clauseKey: string; projectId: string }) {
  const sway = (name: "side" | "length") => found.sways.find((each) => each.name === name);
  return (
    <>
      <Figures
        figures={[
          { label: "Answers", value: count(found.answers) },
          { label: "Turned round by swapping sides", ...shareTold(found.turned, "nobody was asked again yet") },
          { label: "The same when asked again", ...shareTold(found.same, "nobody was asked again yet") },
          { label: "Known pairs answered right", ...shareTold(found.known, "no pair with a known answer yet") },
          { label: "First place wins between equals", ...pullTold(sway("side"), "not measured") },
          { label: "Twice as long wins between equals", ...pullTold(sway("length"), "all responses are about as long") },
        ]}
      />
      <Panel title="People" note="How often a person says what everybody’s answers lead one to expect: ½ says nothing, below it the opposite. Decisions weigh each answer by it." flush>
        <People people={found.people} />
      </Panel>
      <Suspects found={found} clauseKey={clauseKey} projectId={projectId} />
      <Scans clauseKey={clauseKey} projectId={projectId} />
      <Panel title="What was decided" flush>
        <DataTable label="What was decided" columns={outcomeColumns(found)} rows={outcomesOf(found)} rowKey={(row) => row.outcome} empty={<p>Nothing is decided yet.</p>} />
      </Panel>
      {found.together.length > 0 && (
        <Panel title="Agreement of each two people" note="Cohen’s κ over the comparisons both judged, with its 95 % interval." flush>
          <DataTable label="Agreement of each two people" columns={togetherColumns} rows={found.together} rowKey={(row) => `${row.one} ${row.other}`} />
        </Panel>
      )}
    </>
  );
}

type Outcome = ReturnType<typeof outcomesOf>[number];

function outcomeColumns(found: Found): readonly Column<Outcome>[] {
  const all = found.outcomes.reduce((sum, each) => sum + each.count, 0);
  return [
    { key: "outcome", header: "Better", render: (row) => outcomeWords(row.outcome) },
    { key: "count", header: "Comparisons", width: "130px", align: "end", render: (row) => count(row.count) },
    { key: "share", header: "Share", width: "110px", align: "end", render: (row) => percent(row.count / all) },
    { key: "unanimous", header: "Unanimous", width: "120px", align: "end", render: (row) => count(row.unanimous) },
  ];
}

type Pair = Found["together"][number];

const togetherColumns: readonly Column<Pair>[] = [
  { key: "one", header: "One", render: (pair) => pair.one },
  { key: "other", header: "The other", render: (pair) => pair.other },
  { key: "items", header: "Both judged", width: "120px", align: "end", render: (pair) => count(pair.items) },
  { key: "agreeing", header: "Said the same", width: "130px", align: "end", render: (pair) => percent(pair.agreeing / pair.items) },
  {
    key: "kappa",
    header: "κ",
    width: "220px",
    align: "end",
    render: (pair) =>
      pair.kappa === null || pair.low === null || pair.high === null
        ? "— both always say one thing"
        : `${decimal(pair.kappa, 3)} (${decimal(pair.low, 3)} to ${decimal(pair.high, 3)})`,
  },
];
