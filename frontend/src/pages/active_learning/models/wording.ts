import { decimal, percent } from "@/ui";
import type { HeldOutFigure, ModelDetail } from "../queries";

const whyWords: Readonly<Record<string, string>> = {
  no_posts: "no posts",
  no_harmful: "no harmful posts",
  nothing_said: "nothing said",
  no_harmful_answer: "no harmful answer",
};

/** Fewer posts than this are said beside their figure. */
const few = 10;

/** "91 %", "—" without a value. */
export function shareWords(figure: HeldOutFigure): string {
  return figure.value === null ? "—" : percent(figure.value, 0);
}

/** "74 % to 97 %, of 11 posts", or why there is no figure. */
export function boundsWords(figure: HeldOutFigure): string {
  if (figure.value === null) return whyWords[figure.why] ?? "cannot be told";
  const bounds = figure.low === null || figure.high === null ? "" : `${percent(figure.low, 0)} to ${percent(figure.high, 0)}`;
  return figure.of < few ? `${bounds}, of only ${figure.of}` : bounds;
}

/** A threshold as it is stored: "0.905". */
export function thresholdWords(threshold: number): string {
  return decimal(threshold, 3);
}

/** "precision of at least 90 %" */
export function statedWords(stated: { figure: string; at_least: number }): string {
  return `${stated.figure} of at least ${percent(stated.at_least, 0)}`;
}

/** What was decided about a clause's model, in the past tense. */
export const decisionWords: Readonly<Record<ModelDetail["promotions"][number]["kind"], string>> = {
  by_round: "Promoted by its round",
  promoted: "Promoted",
  threshold: "Threshold stated",
  rolled_back: "Gone back",
  withdrawn: "Promotion taken away",
};

/** The name of a slice. */
export function sliceWords(by: string, value: string): string {
  if (by === "all") return "All held-out posts";
  const name = by === "language" ? "Language" : "Source";
  return value === "" ? `${name} not said` : `${name} ${value}`;
}
