import type { Given } from "./CaseView";
import { labelOf, severityRank } from "./clauseWords";
import type { AnsweredClause, GivenAnswers, GivenVerdict, PostAnswers } from "./reading";

/** One way in which somebody else's answer is not the one under review. */
export interface Difference {
  readonly clauseKey: string;
  readonly title: string;
  readonly person: string;
  readonly here: string;
  readonly there: string;
}

/** Answers to one clause under the meaning of the answer under review, that answer first, superseded ones left out. */
export function answersBeside(answers: PostAnswers, submission: GivenAnswers, clauseKey: string): Given[] {
  const reviewed = submission.verdicts.find((verdict) => verdict.clause_key === clauseKey);
  const alike = (verdict: GivenVerdict): boolean =>
    verdict.clause_key === clauseKey && verdict.meaning_revision === reviewed?.meaning_revision;
  return answers.submissions
    .filter((other) => other.id === submission.id || other.counts)
    .flatMap((other) => other.verdicts.filter(alike).map((verdict) => ({ submission: other, verdict })))
    .sort((a, b) => Number(b.submission.id === submission.id) - Number(a.submission.id === submission.id));
}

/** What others answered otherwise, clause by clause: the answer, its severity, how much they marked. */
export function differencesOf(answers: PostAnswers, submission: GivenAnswers): Difference[] {
  return submission.verdicts.flatMap((verdict) => {
    const clause = answers.clauses.find(
      (candidate) => candidate.key === verdict.clause_key && candidate.meaning_revision === verdict.meaning_revision,
    );
    if (clause === undefined) return [];
    const here = words(clause, verdict);
    return answersBeside(answers, submission, verdict.clause_key)
      .filter(({ submission: other }) => other.id !== submission.id)
      .map(({ submission: other, verdict: theirs }) => ({
        clauseKey: clause.key,
        title: clause.title,
        person: other.person.pseudonym,
        here,
        there: words(clause, theirs),
      }))
      .filter((difference) => difference.there !== difference.here);
  });
}

function words(clause: AnsweredClause, verdict: GivenVerdict): string {
  const marks = verdict.evidence.filter((piece) => piece.kind !== "whole_post" && piece.kind !== "part").length;
  return [
    labelOf(clause, verdict.answer),
    ...(verdict.severity === null ? [] : [severityRank(clause, verdict.severity).label]),
    ...(marks === 0 ? [] : [marks === 1 ? "1 mark" : `${marks} marks`]),
  ].join(", ");
}
