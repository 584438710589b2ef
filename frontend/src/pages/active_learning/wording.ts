import type { Crowd, Look, Outcome, RegionDoubted, Share, Suspect, SuspectKind, Twin } from "./queries";
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

/** What a scan can look at: said where one is started. */
export const lookWords: readonly { readonly value: Look; readonly label: string; readonly note: string }[] = [
  { value: "each", label: "Each clause alone", note: "Answers that heads disbelieve, and near-duplicates with different ones." },
  { value: "together", label: "Clauses together", note: "Posts whose answers make an unlikely set; two clauses or more." },
  { value: "people", label: "Several people’s answers", note: "Weak consensus, and answers against a strong one." },
  { value: "regions", label: "Drawn boxes", note: "Missing, badly placed, or drawn for another clause than others see." },
];

/** The kinds of suspects, by what a scan looks at. */
export const suspectKinds: readonly { readonly value: SuspectKind; readonly label: string; readonly look: Look }[] = [
  { value: "answer", label: "Answers", look: "each" },
  { value: "duplicate", label: "Duplicates", look: "each" },
  { value: "set", label: "Sets", look: "together" },
  { value: "consensus", label: "Consensus", look: "people" },
  { value: "vote", label: "Votes", look: "people" },
  { value: "region", label: "Boxes", look: "regions" },
];

/** "2 of 3": how many people gave the consensus. */
export function agreeingWords(crowd: Crowd): string {
  return `${crowd.agreeing} of ${crowd.answered}`;
}

/** What is wrong with a box, in two or three words. */
export const boxWords: Readonly<Record<RegionDoubted["problem"], string>> = {
  missing: "Box missing",
  place: "Box badly placed",
  name: "Box of another clause",
};

/** Who sees a box elsewhere: "2 others", or the model's name. */
export function seenBy(region: RegionDoubted): string {
  return region.model === "" ? `${region.people} others` : region.model;
}

/** What a suspect is about, in one line of the list. */
export function suspectLine({ kind, given, likely, why }: Suspect, labelOf: (value: string) => string): string {
  if (why.twin) return `${labelOf(given)}, its twin ${labelOf(likely)}`;
  if (why.region) return `${boxWords[why.region.problem]}, ${why.region.pseudonym}`;
  if (why.vote) return `${why.vote.pseudonym}: ${labelOf(given)}, decided ${labelOf(likely)}`;
  const rather = `${labelOf(given)}, rather ${labelOf(likely)} (${percent(why.likely_probability, 0)})`;
  return kind === "consensus" && why.crowd ? `${rather}, ${agreeingWords(why.crowd)} agree` : rather;
}

/** What people made of a suspect, said of the doubted answer. */
export const outcomeWords: Readonly<Record<Outcome, string>> = {
  pending: "To review",
  confirmed: "Answer was right",
  changed: "Answer was wrong",
  dismissed: "Left open",
};

/** The same of a box, which is no answer. */
export const boxOutcomeWords: Readonly<Record<Outcome, string>> = {
  ...outcomeWords,
  confirmed: "Box was right",
  changed: "Box was wrong",
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
