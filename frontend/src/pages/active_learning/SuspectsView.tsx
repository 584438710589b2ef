import { Select } from "@mantine/core";
import { IconMoodEmpty } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { usePages } from "@/api/pages";
import { AppLink, type Column, count, DataTable, EmptyState, Figures, Panel, percent } from "@/ui";
import { AdviceLine } from "./Advice";
import { clauseScans } from "./metrics";
import { OutcomeBadge } from "./OutcomeBadge";
import { type Outcome, releaseQuery, type ScanDetail, type Suspect, type SuspectKind, suspectsPage } from "./queries";
import { figure, intervalWords, outcomeWords, twinWords } from "./wording";

/** What one scan doubts by one sign, and how right it has been. */
export function SuspectsView({ scan, kind }: { scan: ScanDetail; kind: SuspectKind }) {
  const tally = scan.kinds.find((row) => row.kind === kind);
  const decisions = clauseScans(scan.metrics).reduce((sum, clause) => sum + clause.decisions, 0);
  if (tally === undefined) return null;
  const { precision } = tally;
  return (
    <>
      <Figures
        figures={[
          { label: "Decisions looked at", value: count(decisions) },
          { label: "Suspects", value: count(tally.suspects), note: decisions === 0 ? "" : `${percent(tally.suspects / decisions)} of the decisions` },
          { label: "To review", value: count(tally.pending) },
          { label: "Were wrong", value: count(precision.hits), note: `${count(precision.total - precision.hits)} were right, ${count(tally.dismissed)} left open` },
          { label: "Precision so far", value: precision.value === null ? "—" : percent(precision.value, 0), note: intervalWords(precision) },
        ]}
      />
      {kind === "answer" && tally.suspects > 0 && <AdviceLine advice={scan.advice} />}
      <SuspectsTable key={kind} scan={scan} kind={kind} />
    </>
  );
}

function SuspectsTable({ scan, kind }: { scan: ScanDetail; kind: SuspectKind }) {
  const [outcome, setOutcome] = useState<Outcome | undefined>(undefined);
  const release = useQuery(releaseQuery(scan.release_id));
  const suspects = usePages(["suspects", scan.id, kind, outcome ?? "all"], (cursor) => suspectsPage(scan.id, { kind, outcome, cursor }));
  const labelOf = (suspect: Suspect, value: string): string =>
    release.data?.clauses
      .find((clause) => clause.key === suspect.clause_key)
      ?.document.answers.find((answer) => answer.value === value)?.label ?? value;
  const post = (id: string, name: string) => <AppLink to={`/p/${scan.project_id}/posts/${id}`}>{name}</AppLink>;
  const own: readonly Column<Suspect>[] =
    kind === "answer"
      ? [
          { key: "likely", header: "Likely", width: "13%", truncate: true, render: (suspect) => labelOf(suspect, suspect.likely) },
          { key: "score", header: "Suspicion", width: "96px", align: "end", render: (suspect) => figure(suspect.score) },
        ]
      : [
          {
            key: "twin",
            header: "Its twin",
            truncate: true,
            render: ({ why }) => (why.twin ? post(why.twin.post_id, why.twin.external_id) : "—"),
          },
          { key: "likely", header: "Its answer", width: "10%", truncate: true, render: (suspect) => labelOf(suspect, suspect.likely) },
          { key: "alike", header: "Twins by", width: "125px", render: ({ why }) => (why.twin ? twinWords(why.twin) : "—") },
        ];
  const columns: readonly Column<Suspect>[] = [
    { key: "rank", header: "Rank", width: "64px", align: "end", render: (suspect) => suspect.rank + 1 },
    { key: "post", header: "Post", truncate: true, render: (suspect) => post(suspect.post_id, suspect.external_id) },
    { key: "clause", header: "Clause", width: kind === "answer" ? "13%" : "11%", truncate: true, render: (suspect) => suspect.clause_key },
    { key: "given", header: "Given", width: kind === "answer" ? "12%" : "10%", truncate: true, render: (suspect) => labelOf(suspect, suspect.given) },
    ...own,
    { key: "outcome", header: "Review", width: "165px", render: (suspect) => <OutcomeBadge outcome={suspect.outcome} /> },
  ];
  const choices = Object.entries(outcomeWords).map(([value, label]) => ({ value, label }));
  const said = words(scan)[kind];
  return (
    <Panel
      title={said.title}
      note={said.note}
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
        label={said.title}
        columns={columns}
        rows={suspects.rows}
        rowKey={(suspect) => suspect.id}
        query={suspects}
        empty={
          <EmptyState framed={false} icon={IconMoodEmpty} tone="good" title={outcome === undefined ? said.none : "None with this outcome"}>
            {outcome === undefined ? said.noneNote : "Choose another outcome to see the rest."}
          </EmptyState>
        }
      />
    </Panel>
  );
}

interface Words {
  readonly title: string;
  readonly note: string;
  readonly none: string;
  readonly noneNote: string;
}

function words(scan: ScanDetail): Readonly<Record<SuspectKind, Words>> {
  const alike = percent(scan.alike_from, 0);
  const tooMany = clauseScans(scan.metrics).some((clause) => !clause.comparesVectors);
  return {
    answer: {
      title: "Suspects",
      note: "The most suspicious first.",
      none: "Nothing looks wrong",
      noneNote: "The heads agree with every decision they were asked about.",
    },
    duplicate: {
      title: "Near-duplicates with different answers",
      note: tooMany
        ? "Posts of the same content, or of one group and nearly alike. There are too many to compare every two."
        : `Posts of the same content or at least ${alike} alike; within a group somewhat less. The most alike first.`,
      none: "Near-duplicates agree",
      noneNote: "No two posts that are nearly the same have different answers.",
    },
  };
}
