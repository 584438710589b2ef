import { Select } from "@mantine/core";
import { IconMoodEmpty } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { usePages } from "@/api/pages";
import { count, DataTable, EmptyState, Figures, Panel, percent } from "@/ui";
import { AdviceLine } from "./Advice";
import { boxesDrawn, clauseScans, setClauses } from "./metrics";
import { type Outcome, releaseQuery, type ScanDetail, type SuspectKind, suspectsPage } from "./queries";
import { suspectColumns } from "./suspectColumns";
import { intervalWords, outcomeWords } from "./wording";

/** What one scan doubts by one sign, and how right it has been. */
export function SuspectsView({ scan, kind }: { scan: ScanDetail; kind: SuspectKind }) {
  const tally = scan.kinds.find((row) => row.kind === kind);
  const isBox = kind === "region";
  const looked = isBox ? boxesDrawn(scan.metrics) : clauseScans(scan.metrics).reduce((sum, clause) => sum + clause.decisions, 0);
  if (tally === undefined) return null;
  const { precision } = tally;
  return (
    <>
      <Figures
        figures={[
          { label: isBox ? "Boxes looked at" : "Decisions looked at", value: count(looked) },
          { label: "Suspects", value: count(tally.suspects), note: looked === 0 ? "" : `${percent(tally.suspects / looked)} of the ${isBox ? "boxes" : "decisions"}` },
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
  const columns = suspectColumns(kind, scan.project_id, release.data);
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
  const isShared = clauseScans(scan.metrics).some((clause) => clause.shared > 0);
  const notShared = { none: "Nobody answered the same post", noneNote: "It takes decided posts that two people answered at least." };
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
    set: {
      title: "Posts whose answers make an unlikely set",
      note: "The clauses of a post stand together, the least likely post first.",
      none: setClauses(scan.metrics) < 2 ? "Nothing to look at together" : "Every set is likely",
      noneNote:
        setClauses(scan.metrics) < 2
          ? "It takes two clauses with enough decisions, each with answers that say harm and answers that do not."
          : "With all their clauses together, no post’s answers look wrong.",
    },
    consensus: {
      title: "Weak consensus",
      note: "As many as people and heads together expect to be wrong, the weakest first.",
      ...(isShared ? { none: "Every consensus is strong", noneNote: "People and heads together stand by every decision." } : notShared),
    },
    vote: {
      title: "Answers against a strong consensus",
      note: "One person’s answer, where people and heads hold the decision for at least two thirds.",
      ...(isShared ? { none: "Nobody stands against a strong consensus", noneNote: "Where people differ, the consensus is weak." } : notShared),
    },
    region: {
      title: "Boxes others see otherwise",
      note: "Two others at least agree, or a model is sure. The worst first.",
      none: boxesDrawn(scan.metrics) === 0 ? "Nobody drew a box" : "Boxes are where others see them",
      noneNote:
        boxesDrawn(scan.metrics) === 0
          ? "It takes boxes behind decided answers: three people’s on a picture, or a model’s suggestions beside one’s."
          : "No box is missing, badly placed or drawn for another clause.",
    },
  };
}
