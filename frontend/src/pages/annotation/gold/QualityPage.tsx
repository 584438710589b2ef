import { Checkbox, NumberInput, Switch } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api, taken } from "@/api/client";
import type { components } from "@/api/schema";
import { useMay } from "@/api/session";
import {
  ActionForm,
  AppLink,
  announce,
  type Column,
  count,
  DataTable,
  decimal,
  PageHeader,
  Panel,
  percent,
  QueryView,
  refusalOf,
  Stacked,
  useProjectId,
} from "@/ui";
import classes from "./Gold.module.css";
import { qualityQuery } from "./queries";

type Quality = components["schemas"]["QualityOutput"];
type ClauseQuality = components["schemas"]["ClauseQualityOutput"];
type Change = components["schemas"]["QualityInputRequest"];
type Cost = components["schemas"]["CostOutput"];

/** `/p/:id/quality`: how many people are asked what, when one more is, how much gold is mixed in, when work pauses. */
export default function QualityPage() {
  const projectId = useProjectId();
  const quality = useQuery(qualityQuery(projectId));
  const mayKeep = useMay(projectId, "quality.keep");
  return (
    <>
      <PageHeader
        title="Quality"
        lead="How many people answer, when one more is asked, and what happens when answers go astray."
        actions={mayKeep ? <AppLink to={`/p/${projectId}/gold`}>Gold and pauses</AppLink> : undefined}
      />
      <QueryView query={quality}>{(data) => <QualityForm quality={data} projectId={projectId} />}</QueryView>
    </>
  );
}

interface ClauseDraft {
  readonly overlap: number | null;
  readonly asks_more: boolean;
}

function QualityForm({ quality, projectId }: { quality: Quality; projectId: string }) {
  const queries = useQueryClient();
  const mayChange = useMay(projectId, "project.manage");
  const [rules, setRules] = useState<Change>(() => rulesOf(quality));
  const [clauses, setClauses] = useState<Record<string, ClauseDraft>>(() =>
    Object.fromEntries(quality.clauses.map((row) => [row.clause_key, { overlap: row.overlap, asks_more: row.asks_more }])),
  );
  const body: Change = { ...rules, clauses: differing(clauses) };
  const change = useMutation({
    mutationFn: () =>
      taken(api.PUT("/api/projects/{project_id}/quality/", { params: { path: { project_id: projectId } }, body })),
    onSuccess: async () => {
      announce("Saved. It holds for tasks made and answers decided from now on.");
      await queries.invalidateQueries({ queryKey: ["quality", projectId] });
    },
  });
  const refusal = refusalOf(change.error, Object.keys(rules));
  const set = (part: Change): void => setRules((held) => ({ ...held, ...part }));
  const number = (value: string | number, otherwise: number): number => (typeof value === "number" ? value : otherwise);
  return (
    <fieldset disabled={!mayChange} style={{ border: 0, padding: 0, margin: 0, minWidth: 0 }}>
      <ActionForm action={change} refusal={refusal} confirm="Save" isReady={mayChange}>
        <Stacked>
          <Panel title="How many people answer" note="For tasks made from now on.">
            <div className={classes.fields}>
              <NumberInput
                label="Answers a clause"
                min={1}
                max={50}
                error={refusal?.at("overlap")}
                value={rules.overlap ?? 1}
                onChange={(value) => set({ overlap: number(value, 1) })}
              />
              <NumberInput
                label="Where people disagree, at most"
                description="One more person at a time is asked about what is disputed. 0: nobody."
                min={0}
                max={50}
                error={refusal?.at("answers_most")}
                value={rules.answers_most ?? 0}
                onChange={(value) => set({ answers_most: number(value, 0) })}
              />
              <NumberInput
                label="They disagree below"
                description="Share of the answers that the winning one has."
                suffix=" %"
                min={51}
                max={100}
                error={refusal?.at("agree_share")}
                value={whole(rules.agree_share ?? 0.6)}
                onChange={(value) => set({ agree_share: number(value, 60) / 100 })}
              />
            </div>
          </Panel>
          <Panel title="Clause by clause" note="Where a clause needs more or fewer answers than the rest." flush>
            <DataTable
              label="clauses"
              rows={quality.clauses}
              empty={<p className={classes.none}>No release is in effect yet; its clauses will stand here.</p>}
              columns={clauseColumns(clauses, rules.overlap ?? 1, (key, draft) => setClauses((held) => ({ ...held, [key]: draft })))}
              rowKey={(row) => `${row.release_label} ${row.clause_key}`}
            />
          </Panel>
          <Panel title="Gold" note="Posts and pairs with known answers, handed out among the others; nobody can tell which they are.">
            <div className={classes.fields}>
              <NumberInput
                label="Share of gold"
                suffix=" %"
                min={0}
                max={50}
                decimalScale={1}
                error={refusal?.at("gold_share")}
                value={whole(rules.gold_share ?? 0)}
                onChange={(value) => set({ gold_share: number(value, 0) / 100 })}
              />
              <NumberInput
                label="The same post again after"
                description="Empty: a person gets each once."
                suffix=" days"
                min={1}
                max={3650}
                error={refusal?.at("gold_again_days")}
                value={rules.gold_again_days ?? ""}
                onChange={(value) => set({ gold_again_days: typeof value === "number" ? value : null })}
              />
              <Switch
                label="People see their own results"
                description="Of gold they have answered, never of what is still to come."
                checked={rules.shows_gold_results ?? false}
                onChange={(event) => set({ shows_gold_results: event.currentTarget.checked })}
              />
              <NumberInput
                label="Pause work below"
                description="Empty: never by itself. Counted with its interval, from five posts on, so that two unlucky answers stop nobody."
                suffix=" %"
                min={5}
                max={99}
                error={refusal?.at("pause_below")}
                value={rules.pause_below == null ? "" : whole(rules.pause_below)}
                onChange={(value) => set({ pause_below: typeof value === "number" ? value / 100 : null })}
              />
              <NumberInput
                label="Over the last"
                suffix=" known answers"
                min={5}
                max={200}
                error={refusal?.at("pause_window")}
                value={rules.pause_window ?? 20}
                onChange={(value) => set({ pause_window: number(value, 20) })}
              />
            </div>
          </Panel>
          <Panel title="Pairs asked again" note="The same person is asked about a pair once more, sides swapped: it measures how steady answers are, and counts as no second opinion.">
            <div className={classes.fields}>
              <NumberInput
                label="Share asked again"
                suffix=" %"
                min={0}
                max={50}
                decimalScale={1}
                error={refusal?.at("again_share")}
                value={whole(rules.again_share ?? 0)}
                onChange={(value) => set({ again_share: number(value, 0) / 100 })}
              />
              <NumberInput
                label="At least so many judgments between"
                min={1}
                max={1000}
                error={refusal?.at("again_after")}
                value={rules.again_after ?? 30}
                onChange={(value) => set({ again_after: number(value, 30) })}
              />
            </div>
          </Panel>
          <CostPanel body={body} first={quality.cost} projectId={projectId} />
        </Stacked>
      </ActionForm>
    </fieldset>
  );
}

/** What the settings on the page would cost, asked anew as they change. */
function CostPanel({ body, first, projectId }: { body: Change; first: Cost; projectId: string }) {
  const [settled] = useDebouncedValue(body, 300);
  const asked = useQuery({
    queryKey: ["quality-cost", projectId, settled],
    queryFn: () =>
      taken(
        api.POST("/api/projects/{project_id}/quality/cost/", {
          params: { path: { project_id: projectId } },
          body: settled,
        }),
      ),
    placeholderData: keepPreviousData,
  });
  const cost = asked.data ?? first;
  const per = decimal(cost.answers_a_post, 2);
  const more = cost.answers_a_post - cost.without_more;
  const why = more < 0.005 ? "Nobody had to be asked beyond that so far" : `${decimal(more, 2)} of them because people disagree as often as they did so far`;
  return (
    <Panel title="What it costs">
      <p className={classes.cost} role="status">
        About {per} answers a post, gold counted in. {why}.
        {cost.posts > 0 && ` For ${count(cost.posts)} posts, as many as were asked about: ${count(Math.round(cost.answers_a_post * cost.posts))} answers.`}
      </p>
    </Panel>
  );
}

function clauseColumns(
  clauses: Record<string, ClauseDraft>,
  usual: number,
  onChange: (key: string, draft: ClauseDraft) => void,
): readonly Column<ClauseQuality>[] {
  const draftOf = (row: ClauseQuality): ClauseDraft => clauses[row.clause_key] ?? { overlap: null, asks_more: true };
  return [
    { key: "clause", header: "Clause", render: (row) => row.title },
    {
      key: "overlap",
      header: "Answers",
      width: "150px",
      render: (row) => (
        <NumberInput
          className={classes.narrow}
          aria-label={`Answers to ${row.title}`}
          placeholder={`as all: ${usual}`}
          min={1}
          max={50}
          value={draftOf(row).overlap ?? ""}
          onChange={(value) => onChange(row.clause_key, { ...draftOf(row), overlap: typeof value === "number" ? value : null })}
        />
      ),
    },
    {
      key: "more",
      header: "One more on a dispute",
      width: "190px",
      render: (row) => (
        <Checkbox
          aria-label={`One more where people disagree on ${row.title}`}
          checked={draftOf(row).asks_more}
          onChange={(event) => onChange(row.clause_key, { ...draftOf(row), asks_more: event.currentTarget.checked })}
        />
      ),
    },
    {
      key: "disputed",
      header: "Undecided so far",
      align: "end",
      render: (row) => (row.decided === 0 ? "no decisions yet" : `${percent(row.disputed / row.decided, 0)} of ${count(row.decided)}`),
    },
  ];
}

function rulesOf(quality: Quality): Change {
  const { overlap, answers_most, agree_share, gold_share, gold_again_days } = quality;
  const { again_share, again_after, shows_gold_results, pause_below, pause_window } = quality;
  return { overlap, answers_most, agree_share, gold_share, gold_again_days, again_share, again_after, shows_gold_results, pause_below, pause_window };
}

/** Only clauses that are not as the rest. */
function differing(clauses: Record<string, ClauseDraft>): NonNullable<Change["clauses"]> {
  return Object.fromEntries(Object.entries(clauses).filter(([, row]) => row.overlap !== null || !row.asks_more));
}

function whole(share: number): number {
  return Math.round(share * 1000) / 10;
}
