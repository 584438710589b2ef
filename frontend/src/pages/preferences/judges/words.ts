import { count, decimal, percent, plural } from "@/ui";
import { outcomeWords } from "../comparisons/wording";
import type { Told } from "../judging/figures";
import type { Doubt, JudgeVersion } from "./queries";

export interface Measured {
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

/** κ with what it may be: "0.65" and "0.58 to 0.71". */
export function kappaTold(kappa: Measured): Told {
  if (kappa.value === null) return { value: "—", note: "nothing people decided, or always one answer" };
  if (kappa.low === null || kappa.high === null) return { value: decimal(kappa.value, 3), note: "no interval" };
  return { value: decimal(kappa.value, 3), note: `${decimal(kappa.low, 3)} to ${decimal(kappa.high, 3)}` };
}

/** How often what stood first won, where each stood first once: half is no bias. */
export function firstTold(first: Measured): Told {
  if (first.value === null || first.low === null || first.high === null) return { value: "—", note: "asked in one order" };
  return { value: percent(first.value), note: `${percent(first.low)} to ${percent(first.high)}` };
}

/** What is beyond doubt about the side shown first; nothing where the interval holds a half. */
export function firstMark(first: Measured): string | null {
  if (first.low !== null && first.low > 0.5) return "drawn to the first place";
  if (first.high !== null && first.high < 0.5) return "drawn to the second place";
  return null;
}

/** "12 of 200 (4 better, 1 worse)": what changed against the version before. */
export function changesTold(changes: JudgeVersion["changes"]): Told {
  if (changes === null) return { value: "—", note: "its first version" };
  const { changed, better, worse } = changes;
  if (changed.share === null) return { value: "—", note: "none of the same comparisons" };
  return { value: percent(changed.share), note: `${count(changed.counted)} of ${count(changed.of)}: ${count(better)} to people’s answer, ${count(worse)} from it` };
}

const doubts: Readonly<Record<Doubt, { label: string; note: string }>> = {
  unsure: { label: "The judge is unsure", note: "no answer, or no more than slightly better" },
  inconsistent: { label: "It answers otherwise when the sides are turned", note: "its answer hangs on what stands first" },
  against_people: { label: "It differs from people’s answer", note: "one more person looks at it" },
  against_judge: { label: "Two judges differ", note: "the newest version of each" },
};

export function doubtWords(doubt: Doubt): { readonly label: string; readonly note: string } {
  return doubts[doubt];
}

/** What came of asking people: "3 comparisons are asked about now, 1 gets one more person, 2 wait already." */
export function askedTold(asked: { readonly created: number; readonly asked_more: number; readonly under_way: number }): string {
  const parts = [
    ...(asked.created > 0 ? [`${plural(asked.created, "comparison")} asked about now`] : []),
    ...(asked.asked_more > 0 ? [`${plural(asked.asked_more, "comparison")} with one more person`] : []),
    ...(asked.under_way > 0 ? [`${count(asked.under_way)} asked about already`] : []),
  ];
  return parts.length === 0 ? "No comparison is in doubt." : `${parts.join(", ")}.`;
}

/** What a judge made of a comparison, for people. */
export function judgedWords(outcome: string | null): string {
  if (outcome === null) return "—";
  return outcome === "" ? "Not clear" : outcomeWords(outcome);
}

/** Which version of a judge this is: its model, what its prompt is known by, and the release. */
export function versionWords(version: Pick<JudgeVersion, "source" | "model" | "version" | "release_label" | "fingerprint">): string {
  const named = version.source === "imported" ? version.version : version.model;
  return [named, version.release_label, version.fingerprint === "" ? "" : `prompt ${version.fingerprint.slice(0, 6)}`].filter((part) => part !== "").join(" · ");
}
