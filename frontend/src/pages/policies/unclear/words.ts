import { percent } from "@/ui";
import type { UnclearPart } from "./queries";

/** What each sign is, in the order in which they stand in the score. */
export const signs: Readonly<Record<UnclearPart["sign"], { readonly name: string; readonly says: string; readonly hue: string }>> = {
  split: { name: "Answered apart", says: "posts with several answers on which people differ", hue: "#0e7f9b" },
  gap: { name: "Gap named", says: "adjudicated posts in which the rule left something open", hue: "#b4521e" },
  asked: { name: "Asked about", says: "answered posts with a question on the rule", hue: "#6a4aa5" },
  reversed: { name: "Turned round", says: "reviewed answers that the reviewer changed", hue: "#a8326b" },
  unsure: { name: "Unsure", says: "answers given as unsure or as a guess, of those that said how sure", hue: "#8a6a00" },
};

/** What a sign says of a criterion, by which comparisons are judged. */
export function saysOf(sign: UnclearPart["sign"], isAxis: boolean): string {
  return isAxis ? signs[sign].says.replace(/\bposts\b/, "comparisons") : signs[sign].says;
}

/** "12 of 80: 15 % (9–24 %)". */
export function partWords(part: UnclearPart): string {
  if (part.share === null) return "Nothing to measure yet";
  return `${part.count} of ${part.of}: ${percent(part.share, 0)} (${Math.round(100 * part.low)}–${percent(part.high, 0)})`;
}
