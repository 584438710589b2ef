import type { Outcome, Share, Twin } from "./queries";
import { decimal, percent } from "@/ui";

/** "0.83", or a dash where the held-out set could not say. */
export function figure(value: number | null, digits = 2): string {
  return value === null ? "—" : decimal(value, digits);
}

/** "30 % to 95 %, 95 % interval": how far a share may be off, which is much while little is reviewed. */
export function intervalWords(share: Share): string {
  if (share.low === null || share.high === null) return "Nothing reviewed yet";
  return `${percent(share.low, 0)} to ${percent(share.high, 0)}, 95 % interval`;
}

/** What people made of a suspect, said of the doubted answer. */
export const outcomeWords: Readonly<Record<Outcome, string>> = {
  pending: "To review",
  confirmed: "Answer was right",
  changed: "Answer was wrong",
  dismissed: "Left open",
};

/** By what two posts are twins: "98 % alike". */
export function twinWords(twin: Pick<Twin, "by" | "similarity">): string {
  if (twin.by === "content") return "Same content";
  const alike = `${percent(Math.min(twin.similarity, 1), 0)} alike`;
  return twin.by === "group" ? `${alike}, one group` : alike;
}

/** How the harm of a bin is said: "35 to 40 %". */
export function binWords(at: number, of: number): string {
  return `${Math.round((at / of) * 100)} to ${percent((at + 1) / of, 0)}`;
}
