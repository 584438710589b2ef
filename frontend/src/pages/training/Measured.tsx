import { type Column, count, DataTable, decimal, Figures, Panel, percent, sentenceCase } from "@/ui";
import { Margins, Reliability } from "./charts";
import type { PairsMeasured, RepliesMeasured } from "./queries";
import classes from "./training.module.css";
import { gainWords, movedWords, shareWords } from "./wording";

/** How a model of pairs does on those it was not trained on, beside chance and length. */
export function PairFigures({ measured }: { measured: PairsMeasured }) {
  const { accuracy, length, calibration, slices } = measured;
  const isChance = accuracy.low === null || accuracy.low <= 0.5;
  const isLength = accuracy.low === null || length.baseline.high === null || accuracy.low <= length.baseline.high;
  const columns: readonly Column<PairsMeasured["slices"][number]>[] = [
    { key: "by", header: "By", width: "130px", render: (row) => sentenceCase(row.by) },
    { key: "value", header: "Slice", render: (row) => row.value },
    { key: "pairs", header: "Pairs", width: "90px", align: "end", render: (row) => count(row.accuracy.total) },
    { key: "right", header: "Right, with its 95 % interval", width: "230px", align: "end", render: (row) => shareWords(row.accuracy) },
  ];
  return (
    <>
      {length.only_length && (
        <p className={classes.notice} role="status">
          This model likes long answers and little else: it takes the longer one of {shareWords(length.sides_with_longer)} of the pairs,
          and is right on {shareWords(length.where_shorter_is_better)} where the shorter one is better.
        </p>
      )}
      {!length.only_length && (isChance || isLength) && (
        <p className={classes.notice} role="status">
          {isChance
            ? "Its interval reaches down to chance: on these pairs nothing shows that it learned."
            : "Its interval reaches down to what always taking the longer answer would get."}
        </p>
      )}
      <Figures
        figures={[
          { label: "Right", value: shareWords(accuracy), note: `of ${count(measured.pairs)} held-out pairs; chance is 50 %` },
          { label: "Longer answer alone", value: shareWords(length.baseline), note: "what liking length would get" },
          {
            label: "Takes the longer",
            value: shareWords(length.sides_with_longer),
            note: `right where shorter is better: ${length.where_shorter_is_better.value === null ? "—" : percent(length.where_shorter_is_better.value, 0)}`,
          },
          {
            label: "Calibration error",
            value: calibration.after.ece === null ? "—" : decimal(calibration.after.ece, 3),
            note: `${calibration.before.ece === null ? "—" : decimal(calibration.before.ece, 3)} before the temperature`,
          },
        ]}
      />
      <div className={classes.charts}>
        <Reliability calibration={calibration} />
        <Margins margins={measured.margins} />
      </div>
      <Panel title="By slice" note="Slices of fewer than five pairs are not told." flush>
        <DataTable label="Slices" columns={columns} rows={slices} rowKey={(row) => `${row.by}:${row.value}`} />
      </Panel>
    </>
  );
}

/** What a policy's replies were worth before and after, checked against the decisions. */
export function ReplyFigures({ measured }: { measured: RepliesMeasured }) {
  const columns: readonly Column<RepliesMeasured["slices"][number]>[] = [
    { key: "by", header: "By", width: "130px", render: (row) => sentenceCase(row.by) },
    { key: "value", header: "Slice", render: (row) => row.value },
    { key: "replies", header: "Replies", width: "90px", align: "end", render: (row) => count(row.worth.count) },
    { key: "gain", header: "Before → after", width: "150px", align: "end", render: (row) => movedWords(row.worth) },
    { key: "interval", header: "Gain", width: "200px", align: "end", render: (row) => gainWords(row.worth) },
  ];
  return (
    <>
      <Figures
        figures={[
          { label: "Worth of replies", value: movedWords(measured.worth), note: "0 to 1, before and after" },
          { label: "Gain", value: gainWords(measured.worth), note: `on ${count(measured.replies)} held-out posts` },
        ]}
      />
      <Panel title="By slice" note="Slices of fewer than five replies are not told." flush>
        <DataTable label="Slices" columns={columns} rows={measured.slices} rowKey={(row) => `${row.by}:${row.value}`} />
      </Panel>
    </>
  );
}
