import { Select } from "@mantine/core";
import { IconMoodCheck } from "@tabler/icons-react";
import { useState } from "react";
import { usePages } from "@/api/pages";
import { AppLink, type Column, DataTable, EmptyState, Panel } from "@/ui";
import { answerWords, askedIn } from "../comparisons/wording";
import classes from "./judges.module.css";
import { type JudgedComparison, judgeItemsPage, type JudgeRunDetail, type Which } from "./queries";
import { judgedWords } from "./words";

const choices: readonly { value: Which; label: string }[] = [
  { value: "disagree", label: "Judged otherwise than by people" },
  { value: "inconsistent", label: "Otherwise when turned" },
  { value: "unclear", label: "Without a clear answer" },
  { value: "changed", label: "Changed since the version before" },
  { value: "all", label: "Every comparison" },
];

/** The comparisons behind the figures, each beside what people say. */
export function JudgedComparisons({ run, clauseKey }: { run: JudgeRunDetail; clauseKey: string }) {
  const [which, setWhich] = useState<Which>("disagree");
  const rows = usePages(["judge items", run.id, run.finished_at, clauseKey, which], (cursor) => judgeItemsPage(run.id, clauseKey, which, cursor));
  return (
    <Panel
      title="Comparisons"
      flush
      actions={
        <Select
          aria-label="Which comparisons"
          size="xs"
          allowDeselect={false}
          data={choices.map(({ value, label }) => ({ value, label }))}
          value={which}
          onChange={(value) => setWhich(choices.find((choice) => choice.value === value)?.value ?? "all")}
        />
      }
    >
      <DataTable
        label="Comparisons"
        columns={columns(run)}
        rows={rows.rows}
        rowKey={(row) => row.id}
        query={rows}
        empty={
          <EmptyState framed={false} icon={IconMoodCheck} tone="good" title="None">
            No comparison is like this.
          </EmptyState>
        }
      />
    </Panel>
  );
}

function columns(run: JudgeRunDetail): readonly Column<JudgedComparison>[] {
  return [
    {
      key: "comparison",
      header: "Prompt",
      truncate: true,
      render: (row) => (
        <>
          <AppLink to={`/p/${run.project_id}/comparisons/${row.comparison_id}`}>{row.external_id}</AppLink>
          <span className={classes.excerpt} dir="auto">
            {askedIn(row.messages)}
          </span>
        </>
      ),
    },
    { key: "people", header: "People", width: "110px", render: (row) => judgedWords(row.people) },
    { key: "answer", header: "Judge", width: "110px", render: (row) => judgedWords(row.answer) },
    { key: "before", header: "Version before", width: "120px", render: (row) => judgedWords(row.before) },
    { key: "plain", header: "A shown first", width: "150px", render: (row) => <Said row={row} swapped={false} /> },
    { key: "turned", header: "B shown first", width: "150px", render: (row) => <Said row={row} swapped /> },
  ];
}

function Said({ row, swapped }: { row: JudgedComparison; swapped: boolean }) {
  const call = row.calls.find((each) => each.swapped === swapped);
  if (call === undefined) return <span className={classes.said}>not asked</span>;
  if (call.outcome === "failed") return <span className={classes.said}>no answer: {call.error_code}</span>;
  if (call.choice === null) return <span className={classes.said}>“{call.said}”</span>;
  return answerWords({ clause_key: "", choice: call.choice, value: call.value });
}
