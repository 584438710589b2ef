import { count, Figures } from "@/ui";
import { type Metrics, numberOf } from "./metrics";
import { figure } from "./wording";

/** How well a head does on posts it never learned from. */
export function HeldOutFigures({ metrics }: { metrics: Metrics }) {
  const of = (name: string): string => figure(numberOf(metrics, name));
  const posts = numberOf(metrics, "posts") ?? 0;
  return (
    <Figures
      figures={[
        { label: "Macro F1", value: of("macro_f1"), note: `on ${count(posts)} held-out posts` },
        { label: "Average precision", value: of("average_precision"), note: "of finding harm" },
        { label: "Harmful recall", value: of("harmful_recall"), note: "share of harm it says" },
        { label: "Harmful precision", value: of("harmful_precision"), note: "share it says rightly" },
        { label: "Calibration error", value: of("calibration_error"), note: "low is good" },
      ]}
    />
  );
}
