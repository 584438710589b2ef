import { builtInCover } from "@/work/seeing/shapes";
import { type Judged, type PairPosition, type Position, positionNames, type ShownMaterial } from "../compare/bundle";
import { blankJudgment, type Judgment, type JudgmentDocument, toDocument, withAnswer } from "../compare/judgment";
import type { GivenAxis, GivenJudgment, PairDecision, ReviewedAxis, ReviewedComparison, Side } from "./reading";

/** In review A always stands first. */
export const names: Readonly<Record<Position, string>> = { ...positionNames, first: "A", second: "B" };
const positionOf: Readonly<Record<Side, PairPosition>> = { a: "first", b: "second" };

/** Those that count first, in the order they were given; superseded and late ones behind them. */
export function inOrder(judgments: readonly GivenJudgment[]): readonly GivenJudgment[] {
  return [...judgments.filter(({ counts }) => counts), ...judgments.filter(({ counts }) => !counts)];
}

export function answerTo(judgment: GivenJudgment, axis: ReviewedAxis): GivenAxis | undefined {
  return judgment.answers.find(({ clause_key, meaning_revision }) => clause_key === axis.key && meaning_revision === axis.meaning_revision);
}

/** The outcome an answer stands for; who prefers one side more or less strongly does not differ. */
export function outcomeOf({ choice, value }: Pick<GivenAxis, "choice" | "value">): string {
  if (choice !== "prefer") return choice;
  return value < 0 ? "a" : "b";
}

/** Whether those who count answered the axis apart. */
export function isApart(judgments: readonly GivenJudgment[], axis: ReviewedAxis): boolean {
  const said = judgments.flatMap((judgment) => {
    const answer = judgment.counts ? answerTo(judgment, axis) : undefined;
    return answer === undefined ? [] : [outcomeOf(answer)];
  });
  return new Set(said).size > 1;
}

export function currentDecision(decisions: readonly PairDecision[], axis: ReviewedAxis): PairDecision | undefined {
  return decisions.find((row) => row.is_current && row.clause_key === axis.key && row.meaning_revision === axis.meaning_revision);
}

/** The axis to begin with: the one asked for, else one that is undecided, else one people answered apart. */
export function firstAxis(comparison: ReviewedComparison, wanted: string | null): ReviewedAxis | undefined {
  const newest = newestAxes(comparison.axes);
  return (
    newest.find(({ key }) => key === wanted) ??
    newest.find((axis) => currentDecision(comparison.decisions, axis)?.method === "undecided") ??
    newest.find((axis) => isApart(comparison.judgments, axis)) ??
    newest[0]
  );
}

/** Each axis under the newest meaning that was answered. */
export function newestAxes(axes: readonly ReviewedAxis[]): readonly ReviewedAxis[] {
  return axes.filter((axis) => !axes.some((other) => other.key === axis.key && other.meaning_revision > axis.meaning_revision));
}

/** The judgment to begin with: the first that counts and nobody reviewed, by the person asked for. */
export function firstJudgment(judgments: readonly GivenJudgment[], person: string | null): GivenJudgment | undefined {
  const counting = judgments.filter(({ counts, is_reviewers }) => counts && !is_reviewers);
  const open = counting.filter(({ reviews }) => reviews.length === 0);
  const theirs = (judgment: GivenJudgment): boolean => person === null || judgment.person.pseudonym === person;
  return open.find(theirs) ?? counting.find(theirs) ?? open[0] ?? counting[0] ?? judgments[0];
}

/** What the task of a judgment asks, as the parts of the desk take it, A first. */
export function judgedOf(comparison: ReviewedComparison, judgment: GivenJudgment): Judged {
  return {
    form: "pair",
    axes: judgment.clause_keys.flatMap((key) => {
      const meaning = judgment.answers.find((answer) => answer.clause_key === key)?.meaning_revision;
      const axis = comparison.axes.find((each) => each.key === key && each.meaning_revision === meaning);
      return axis === undefined ? [] : [axis];
    }),
    clauses: comparison.releases.find(({ id }) => id === judgment.release_id)?.clauses ?? [],
    responses: comparison.responses.map(({ side, text, material_id: postId }) => ({
      position: positionOf[side],
      text,
      material: reviewedMaterial(postId),
    })),
    language: comparison.language,
    assessment_is_required: judgment.assessment_is_required,
  };
}

/** Media as they stand in review: covered as much as can be. */
export function reviewedMaterial(postId: string | null): ShownMaterial | null {
  return postId === null ? null : { post_id: postId, protection: { cover: builtInCover } };
}

/** The judgment to start an amendment from: what the person said, A first. Their words stay theirs. */
export function startOf(given: GivenJudgment): Judgment {
  let judgment: Judgment = { ...blankJudgment };
  for (const { clause_key, choice, value } of given.answers) judgment = withAnswer(judgment, clause_key, { choice, value });
  for (const { side, acceptable, severity, clause_keys } of given.assessments) {
    const opinion = { acceptable, severity, clauseKeys: clause_keys };
    judgment = { ...judgment, opinions: { ...judgment.opinions, [positionOf[side]]: opinion } };
  }
  return judgment;
}

/** Why an amendment cannot be sent yet, in a sentence; null when it can. */
export function amendmentProblem(given: GivenJudgment, own: Judgment, judged: Judged, missing: readonly { sentence: string }[]): string | null {
  const [first] = missing;
  if (first !== undefined) return first.sentence;
  const before: JudgmentDocument = toDocument(startOf(given), judged);
  const after: JudgmentDocument = toDocument(own, judged);
  const says = ({ axes, responses, rewrites }: JudgmentDocument): string => JSON.stringify([axes, responses, rewrites]);
  return says(before) === says(after) ? "Judge otherwise first, or accept it as it is." : null;
}

/** A response as the person saw it: which stood first. */
export function shownWords(judgment: GivenJudgment): string {
  return judgment.shown_first === "a" ? "Saw A first" : "Saw B first";
}
