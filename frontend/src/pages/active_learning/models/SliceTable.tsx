import { type Column, count, DataTable, Panel } from "@/ui";
import type { HeldOutFigure, ModelEvaluation } from "../queries";
import { figure } from "../wording";
import classes from "./models.module.css";
import { boundsWords, shareWords, sliceWords, statedWords, thresholdWords } from "./wording";

type Slice = ModelEvaluation["slices"][number];

/** How the model does on posts it never learned from, in all and by language and source. */
export function SliceTable({ evaluation }: { evaluation: ModelEvaluation }) {
  const share = (key: "precision" | "recall" | "f1", header: string): Column<Slice> => ({
    key,
    header,
    width: "150px",
    align: "end",
    render: (slice) => <ShareCell share={slice[key]} />,
  });
  const plain = (key: "log_loss" | "brier" | "calibration_error", header: string): Column<Slice> => ({
    key,
    header,
    width: "92px",
    align: "end",
    render: (slice) => figure(slice[key], 3),
  });
  const columns: readonly Column<Slice>[] = [
    { key: "slice", header: "Slice", render: (slice) => sliceWords(slice.by, slice.value) },
    { key: "posts", header: "Posts", width: "76px", align: "end", render: (slice) => count(slice.posts) },
    { key: "harmful", header: "Harmful", width: "84px", align: "end", render: (slice) => count(slice.harmful) },
    share("precision", "Precision"),
    share("recall", "Recall"),
    share("f1", "F1"),
    plain("log_loss", "Log loss"),
    plain("brier", "Brier"),
    plain("calibration_error", "Calib. error"),
  ];
  const from = evaluation.stated === null ? "one half, as no threshold is stated" : `${thresholdWords(evaluation.threshold)}, for a ${statedWords(evaluation.stated)}`;
  return (
    <Panel
      title="On held-out posts"
      note={`Of harm, said from a chance of ${from}. Under each share its 95 % interval; of the last three low is good.`}
      flush
    >
      <div className={classes.slices}>
        <DataTable label="Figures by slice" columns={columns} rows={evaluation.slices} rowKey={(slice) => `${slice.by} ${slice.value}`} />
      </div>
    </Panel>
  );
}

function ShareCell({ share }: { share: HeldOutFigure }) {
  return (
    <span className={classes.share}>
      <span>{shareWords(share)}</span>
      <span className={classes.bounds}>{boundsWords(share)}</span>
    </span>
  );
}
