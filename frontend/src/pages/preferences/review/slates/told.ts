import { type Judged, type Position, positionNames } from "../../compare/bundle";
import { blankJudgment, type Judgment, toDocument } from "../../compare/judgment";
import { placeWords } from "../../compare/slate/placing";
import type { PairDecision, ReviewedAxis } from "../reading";
import { currentDecision, reviewedMaterial } from "../told";
import type { GivenAnswer, ReviewedSlate, SlatePair } from "./reading";

const positions = Object.keys(positionNames) as Position[];

/** In review the responses stand in stored order, by letters: A is the first place. */
export function letterOf(place: number): string {
  return String.fromCharCode("A".charCodeAt(0) + place);
}

export const letters: Readonly<Record<Position, string>> = {
  ...positionNames,
  ...Object.fromEntries(positions.map((position, place) => [position, letterOf(place)])),
};

/** Where the response of a place stands in a reviewer's own answer. */
export function positionAt(place: number): Position {
  return positions[place] ?? "first";
}

/** What an answer says of one response on one axis, in words; null where the axis was not asked. */
export function saidOf(answer: GivenAnswer, axis: Pick<ReviewedAxis, "key" | "meaning_revision" | "answers">, place: number): string | null {
  const own = answer.placements.filter((row) => row.clause_key === axis.key && row.meaning_revision === axis.meaning_revision);
  if (own.length === 0) return null;
  return placeWords(answer.form, own.find((row) => row.place === place)?.value, axis);
}

/** Those that count first, in the order they were given. */
export function answersInOrder(answers: readonly GivenAnswer[]): readonly GivenAnswer[] {
  return [...answers.filter(({ counts }) => counts), ...answers.filter(({ counts }) => !counts)];
}

/** The answer to begin with: the first that counts and nobody reviewed, by the person asked for. */
export function firstAnswer(answers: readonly GivenAnswer[], person: string | null): GivenAnswer | undefined {
  const open = answers.filter((answer) => answer.counts && !answer.is_reviewers);
  const theirs = open.filter((answer) => person === null || answer.person.pseudonym === person);
  return theirs.find(({ reviews }) => reviews.length === 0) ?? theirs[0] ?? open[0] ?? answers[0];
}

/** What stands of a pair on an axis; undefined where no answer orders the two. */
export function decisionOf(pair: SlatePair, axis: ReviewedAxis): PairDecision | undefined {
  return currentDecision(pair.decisions, axis);
}

/** The pairs an axis can be decided of: the undecided ones first. */
export function pairsToDecide(slate: ReviewedSlate, axis: ReviewedAxis): readonly SlatePair[] {
  const decided = slate.pairs.filter((pair) => decisionOf(pair, axis) !== undefined);
  const isOpen = (pair: SlatePair): boolean => decisionOf(pair, axis)?.method === "undecided";
  return [...decided.filter(isOpen), ...decided.filter((pair) => !isOpen(pair))];
}

/** The axis to begin with: the one asked for, else one on which a pair is undecided. */
export function axisToBegin(slate: ReviewedSlate, axes: readonly ReviewedAxis[], wanted: string | null): ReviewedAxis | undefined {
  return (
    axes.find(({ key }) => key === wanted) ??
    axes.find((axis) => slate.pairs.some((pair) => decisionOf(pair, axis)?.method === "undecided")) ??
    axes[0]
  );
}

/** What the task of an answer asks, as the parts of the desk take it, in stored order. */
export function judgedSlateOf(slate: ReviewedSlate, answer: GivenAnswer): Judged {
  const meant = (key: string): number | undefined => answer.placements.find((row) => row.clause_key === key)?.meaning_revision;
  return {
    form: answer.form,
    axes: answer.clause_keys.flatMap((key) => slate.axes.find((axis) => axis.key === key && axis.meaning_revision === meant(key)) ?? []),
    clauses: slate.releases.find(({ id }) => id === answer.release_id)?.clauses ?? [],
    responses: slate.responses.map(({ place, text, material_id: postId }) => ({
      position: positionAt(place),
      text,
      material: reviewedMaterial(postId),
    })),
    language: slate.language,
    assessment_is_required: answer.assessment_is_required,
  };
}

/** The judgment to start an amendment from: what the person said, in stored order. Their words stay theirs. */
export function startOfAnswer(answer: GivenAnswer): Judgment {
  let judgment: Judgment = { ...blankJudgment };
  for (const { clause_key: key, place, value } of answer.placements) {
    judgment = { ...judgment, places: { ...judgment.places, [key]: { ...judgment.places[key], [positionAt(place)]: value } } };
  }
  for (const { place, acceptable, severity, clause_keys: clauseKeys } of answer.opinions) {
    judgment = { ...judgment, opinions: { ...judgment.opinions, [positionAt(place)]: { acceptable, severity, clauseKeys } } };
  }
  return judgment;
}

/** Why an amendment cannot be sent yet, in a sentence; null when it can. */
export function answerProblem(answer: GivenAnswer, own: Judgment, judged: Judged, missing: readonly { sentence: string }[]): string | null {
  const [first] = missing;
  if (first !== undefined) return first.sentence;
  const says = (judgment: Judgment): string => {
    const { axes, responses } = toDocument(judgment, judged);
    return JSON.stringify([axes, responses]);
  };
  return says(startOfAnswer(answer)) === says(own) ? "Judge otherwise first, or accept it as it is." : null;
}
