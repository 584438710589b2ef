import { Button, Select } from "@mantine/core";
import { IconFlag, IconMoodEmpty } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { usePages } from "@/api/pages";
import { useMay } from "@/api/session";
import {
  AppLink,
  type Column,
  count,
  DataTable,
  EmptyState,
  Figures,
  Kbd,
  PageHeader,
  Panel,
  PanelGrid,
  percent,
  plural,
  QueryView,
  Stacked,
  useRouteParam,
  useShortcuts,
} from "@/ui";
import { AdviceLine } from "./Advice";
import { type ClauseScan, clauseScans } from "./metrics";
import { OutcomeBadge } from "./OutcomeBadge";
import { type Outcome, releaseQuery, type Scan, type ScanDetail, scanQuery, type Suspect, suspectsPage } from "./queries";
import { RunProgress, RunState } from "./RunState";
import { figure, intervalWords, outcomeWords } from "./wording";

/** `/p/:id/scans/:scanId`: what one scan doubts, and how right it has been. */
export default function ScanPage() {
  const scan = useQuery(scanQuery(useRouteParam("scanId")));
  return <QueryView query={scan}>{(found) => <ScanView scan={found} />}</QueryView>;
}

function ScanView({ scan }: { scan: ScanDetail }) {
  const navigate = useNavigate();
  const mayReview = useMay(scan.project_id, "review.decide");
  const canReview = mayReview && scan.pending_count > 0;
  const review = (): void => void navigate({ to: `/p/${scan.project_id}/scans/${scan.id}/review` });
  useShortcuts(canReview ? [{ id: "scan.review", label: "Review the suspects", keys: "r", run: review }] : []);
  const isDone = scan.finished_at !== null;
  return (
    <>
      <PageHeader
        title={scan.clause_keys.length === 1 ? `Scan of ${scan.clause_keys[0] ?? ""}` : `Scan of ${plural(scan.clause_keys.length, "clause")}`}
        lead={
          <>
            Under <code>{scan.release_label}</code>, with the encoder <code>{scan.encoder}</code> and seed {scan.seed}
          </>
        }
        crumbs={[{ label: "Noise scans", to: `/p/${scan.project_id}/scans` }]}
        badge={<RunState run={scan} />}
        actions={
          canReview && (
            <Button leftSection={<IconFlag size={16} aria-hidden />} rightSection={<Kbd keys="r" quiet />} onClick={review}>
              Review the suspects
            </Button>
          )
        }
      />
      <Stacked>
        <RunProgress run={scan} title="Looking for answers that look wrong" refreshes={["scan", scan.id]} />
        {isDone && <Findings scan={scan} />}
      </Stacked>
    </>
  );
}

function Findings({ scan }: { scan: ScanDetail }) {
  const clauses = clauseScans(scan.metrics);
  const decisions = clauses.reduce((sum, clause) => sum + clause.decisions, 0);
  return (
    <>
      <Figures
        figures={[
          { label: "Decisions looked at", value: count(decisions) },
          { label: "Suspects", value: count(scan.suspects_count), note: decisions === 0 ? "" : `${percent(scan.suspects_count / decisions)} of the decisions` },
          { label: "To review", value: count(scan.pending_count) },
          { label: "Were wrong", value: count(scan.changed_count), note: `${count(scan.confirmed_count)} were right, ${count(scan.dismissed_count)} left open` },
          {
            label: "Precision so far",
            value: scan.precision.value === null ? "—" : percent(scan.precision.value, 0),
            note: intervalWords(scan.precision),
          },
        ]}
      />
      {scan.suspects_count > 0 && <AdviceLine advice={scan.advice} />}
      <SuspectsTable scan={scan} />
      <PanelGrid min="420px">
        {clauses.map((clause) => (
          <Annotators key={clause.key} clause={clause} />
        ))}
      </PanelGrid>
    </>
  );
}

function SuspectsTable({ scan }: { scan: Scan }) {
  const [outcome, setOutcome] = useState<Outcome | undefined>(undefined);
  const release = useQuery(releaseQuery(scan.release_id));
  const suspects = usePages(["suspects", scan.id, outcome ?? "all"], (cursor) => suspectsPage(scan.id, outcome, cursor));
  const labelOf = (suspect: Suspect, value: string): string =>
    release.data?.clauses
      .find((clause) => clause.key === suspect.clause_key)
      ?.document.answers.find((answer) => answer.value === value)?.label ?? value;
  const columns: readonly Column<Suspect>[] = [
    { key: "rank", header: "Rank", width: "64px", align: "end", render: (suspect) => suspect.rank + 1 },
    {
      key: "post",
      header: "Post",
      truncate: true,
      render: (suspect) => <AppLink to={`/p/${scan.project_id}/posts/${suspect.post_id}`}>{suspect.external_id}</AppLink>,
    },
    { key: "clause", header: "Clause", width: "17%", truncate: true, render: (suspect) => suspect.clause_key },
    { key: "given", header: "Given", width: "13%", truncate: true, render: (suspect) => labelOf(suspect, suspect.given) },
    { key: "likely", header: "Likely", width: "13%", truncate: true, render: (suspect) => labelOf(suspect, suspect.likely) },
    { key: "score", header: "Suspicion", width: "96px", align: "end", render: (suspect) => figure(suspect.score) },
    { key: "outcome", header: "Review", width: "170px", render: (suspect) => <OutcomeBadge outcome={suspect.outcome} /> },
  ];
  const choices = Object.entries(outcomeWords).map(([value, label]) => ({ value, label }));
  return (
    <Panel
      title="Suspects"
      note="The most suspicious first."
      flush
      actions={
        <Select
          aria-label="Outcome"
          size="xs"
          placeholder="Every outcome"
          clearable
          data={choices}
          value={outcome ?? null}
          onChange={(value) => setOutcome(choices.find((choice) => choice.value === value)?.value as Outcome | undefined)}
        />
      }
    >
      <DataTable
        label="Suspects"
        columns={columns}
        rows={suspects.rows}
        rowKey={(suspect) => suspect.id}
        query={suspects}
        empty={
          <EmptyState framed={false} icon={IconMoodEmpty} tone="good" title={outcome === undefined ? "Nothing looks wrong" : "None with this outcome"}>
            {outcome === undefined ? "The heads agree with every decision they were asked about." : "Choose another outcome to see the rest."}
          </EmptyState>
        }
      />
    </Panel>
  );
}

function Annotators({ clause }: { clause: ClauseScan }) {
  return (
    <Panel
      title={`Who agrees with the others on ${clause.key}`}
      note="How often each person’s answer was that of most others, drawn towards 75 % where there is little to go by. The least agreeing first."
      flush
    >
      <DataTable
        label={`Annotators on ${clause.key}`}
        columns={[
          { key: "person", header: "Annotator", render: (person) => person.pseudonym },
          { key: "answered", header: "Answered", width: "110px", align: "end", render: (person) => count(person.answered) },
          { key: "estimate", header: "Agrees", width: "110px", align: "end", render: (person) => percent(person.estimate, 0) },
        ]}
        rows={clause.annotators}
        rowKey={(person) => person.pseudonym}
        empty={<EmptyState framed={false} title="No answers by people" />}
      />
    </Panel>
  );
}
