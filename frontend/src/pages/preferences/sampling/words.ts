import { count, plural } from "@/ui";
import type { Sample, SamplingChoice, SamplingPlan, SamplingRun } from "./queries";

type Becomes = NonNullable<SamplingChoice["becomes"]>;
type Beside = NonNullable<SamplingChoice["beside"]>;

/** What is made of the responses, as one choice: what it becomes, and what stands beside it. */
export const makings: readonly { readonly value: string; readonly label: string; readonly becomes: Becomes; readonly beside: Beside }[] = [
  { value: "pairs own", label: "Pairs of its own responses", becomes: "pairs", beside: "own" },
  { value: "pairs others", label: "Pairs with other models’ responses", becomes: "pairs", beside: "others" },
  { value: "slates own", label: "Its own responses together, to rank or rate", becomes: "slates", beside: "own" },
  { value: "slates others", label: "Together with other models’, to rank or rate", becomes: "slates", beside: "others" },
  { value: "responses own", label: "Nothing yet: only the responses", becomes: "responses", beside: "own" },
];

export function makingWords(run: Pick<SamplingRun, "becomes" | "beside">): string {
  return makings.find((each) => each.becomes === run.becomes && (each.beside === run.beside || run.becomes === "responses"))?.label ?? run.becomes;
}

/** What people are going to have of it: "12 pairs", "3 slates", or that there is nothing to judge. */
export function madeWords(run: Pick<SamplingRun, "becomes" | "made_pairs" | "made_slates" | "finished_at">): string {
  if (run.becomes === "responses") return "responses only";
  if (run.finished_at === null) return "not made yet";
  return run.becomes === "pairs" ? plural(run.made_pairs, "pair") : plural(run.made_slates, "slate");
}

type Calls = Pick<SamplingRun, "repeated_calls" | "empty_calls" | "failed_calls" | "cut_calls">;

/** What did not become a new response, and why; empty where everything did. */
export function lostWords(run: Calls): string {
  const parts = [
    ...(run.repeated_calls > 0 ? [`${count(run.repeated_calls)} said what was there already`] : []),
    ...(run.empty_calls > 0 ? [`${count(run.empty_calls)} said nothing`] : []),
    ...(run.failed_calls > 0 ? [`${count(run.failed_calls)} never came back`] : []),
    ...(run.cut_calls > 0 ? [`${count(run.cut_calls)} ended at the most tokens`] : []),
  ];
  return parts.join(", ");
}

/** The prompts that are never sent, in a sentence; null where all are. */
export function leftOutWords(plan: Pick<SamplingPlan, "left_out">): string | null {
  if (plan.left_out === 0) return null;
  const are = plan.left_out === 1 ? "stays" : "stay";
  return `${plural(plan.left_out, "prompt")} ${are} here: with media, about a post that shows some, is hidden or held out, or of a pair whose answer is known.`;
}

const outcomes: Readonly<Record<Sample["outcome"], string>> = {
  kept: "",
  repeated: "said what was there already",
  empty: "said nothing",
  failed: "no answer",
};

/** What stands beside a sample that is not simply a new response. */
export function sampleNote(sample: Pick<Sample, "outcome" | "error_code" | "is_cut">): string {
  const why = sample.error_code === "" ? outcomes[sample.outcome] : `${outcomes[sample.outcome]}: ${sample.error_code}`;
  return [why, sample.is_cut ? "ended at the most tokens" : ""].filter((part) => part !== "").join(", ");
}
