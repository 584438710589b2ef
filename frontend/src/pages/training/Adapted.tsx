import { type Column, count, DataTable, decimal, Figures, Panel, sentenceCase } from "@/ui";
import type { AnswersMeasured, Interval, Run, TextsMeasured } from "./queries";
import classes from "./training.module.css";
import { gainWords, movedShares, movedWords, pointsWords } from "./wording";

const bases: Partial<Record<Run["recipe"], string>> = {
  encoder: "before: what rounds would learn from the base’s vectors",
  guard: "before: what the base says",
};

/** How answers are told on held-out rows, before training and after it. */
export function AnswerFigures({ measured, recipe }: { measured: AnswersMeasured; recipe: Run["recipe"] }) {
  const { accuracy, macro_f1: macro, log_loss: loss, slices } = measured;
  const columns: readonly Column<AnswersMeasured["slices"][number]>[] = [
    { key: "by", header: "By", width: "130px", render: (row) => sentenceCase(row.by) },
    { key: "value", header: "Slice", render: (row) => row.value },
    { key: "answers", header: "Answers", width: "90px", align: "end", render: (row) => count(row.accuracy.count) },
    { key: "right", header: "Right", width: "150px", align: "end", render: (row) => movedShares(row.accuracy) },
    { key: "gain", header: "Gain, with its 95 % interval", width: "220px", align: "end", render: (row) => pointsWords(row.accuracy) },
  ];
  return (
    <>
      {(accuracy.low === null || accuracy.low <= 0) && (
        <p className={classes.notice} role="status">
          The interval of its gain reaches down to nothing: on these rows nothing shows that training helped.
        </p>
      )}
      <Figures
        figures={[
          { label: "Right", value: movedShares(accuracy), note: bases[recipe] ?? "before and after" },
          { label: "Gain", value: pointsWords(accuracy), note: `on ${count(measured.answers)} held-out answers` },
          { label: "Macro-F1", value: intervalWords(macro.after), note: `before ${intervalWords(macro.before)}` },
          { label: "Log-loss", value: movedWords(loss), note: "in nats; less is better" },
        ]}
      />
      <Panel title="By slice" note="Slices of fewer than five answers are not told." flush>
        <DataTable label="Slices" columns={columns} rows={slices} rowKey={(row) => `${row.by}:${row.value}`} />
      </Panel>
    </>
  );
}

/** What held-out replies cost before training and after it, and a safeguard's verdicts. */
export function TextFigures({ measured, recipe }: { measured: TextsMeasured; recipe: Run["recipe"] }) {
  const columns: readonly Column<TextsMeasured["slices"][number]>[] = [
    { key: "by", header: "By", width: "130px", render: (row) => sentenceCase(row.by) },
    { key: "value", header: "Slice", render: (row) => row.value },
    { key: "texts", header: "Replies", width: "90px", align: "end", render: (row) => count(row.cost.count) },
    { key: "cost", header: "Nats a token", width: "150px", align: "end", render: (row) => movedWords(row.cost) },
    { key: "change", header: "Change", width: "200px", align: "end", render: (row) => gainWords(row.cost) },
  ];
  return (
    <>
      {measured.verdicts !== null && <AnswerFigures measured={measured.verdicts} recipe={recipe} />}
      <Figures
        figures={[
          { label: "Nats a token of the replies", value: movedWords(measured.cost), note: "before and after; less is better" },
          { label: "Change", value: gainWords(measured.cost), note: `on ${count(measured.texts)} held-out replies` },
        ]}
      />
      <Panel title="Replies by slice" note="Slices of fewer than five replies are not told." flush>
        <DataTable label="Replies by slice" columns={columns} rows={measured.slices} rowKey={(row) => `${row.by}:${row.value}`} />
      </Panel>
    </>
  );
}

function intervalWords({ value, low, high }: Interval): string {
  if (value === null) return "—";
  return low === null || high === null ? decimal(value) : `${decimal(value)} (${decimal(low)} to ${decimal(high)})`;
}
