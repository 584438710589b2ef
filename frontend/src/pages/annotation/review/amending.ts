import type { AnsweredClause, GivenAnswers, GivenVerdict, LabelDocument, PostAnswers } from "./reading";

/** What the reviewer puts in place of each answer, by clause. */
export type Amended = Readonly<Record<string, { readonly answer: string; readonly severity: number | null }>>;

export function startOf(submission: GivenAnswers): Amended {
  return Object.fromEntries(
    submission.verdicts.map(({ clause_key: key, answer, severity }) => [key, { answer, severity }]),
  );
}

export function clauseOf(answers: PostAnswers, verdict: GivenVerdict): AnsweredClause | undefined {
  return answers.clauses.find(
    (candidate) => candidate.key === verdict.clause_key && candidate.meaning_revision === verdict.meaning_revision,
  );
}

export function isHarmful(clause: AnsweredClause, answer: string): boolean {
  return clause.answers.some((candidate) => candidate.value === answer && candidate.harmful);
}

/** Why the amendment cannot be sent yet, in a sentence; null when it can. */
export function amendmentProblem(answers: PostAnswers, submission: GivenAnswers, amended: Amended): string | null {
  let isChanged = false;
  for (const verdict of submission.verdicts) {
    const clause = clauseOf(answers, verdict);
    const made = amended[verdict.clause_key];
    if (clause === undefined || made === undefined) continue;
    isChanged ||= made.answer !== verdict.answer || severityOf(clause, made) !== verdict.severity;
    const needsSeverity = isHarmful(clause, made.answer) && clause.requires.severity && clause.severities.length > 0;
    if (needsSeverity && made.severity === null) return `${clause.title}: choose a severity.`;
  }
  return isChanged ? null : "Change an answer first, or accept it as it is.";
}

/** The whole document anew: marks and reasons stay with answers that still say harm. */
export function amendedDocument(answers: PostAnswers, submission: GivenAnswers, amended: Amended): LabelDocument {
  return {
    verdicts: submission.verdicts.map((verdict) => {
      const clause = clauseOf(answers, verdict);
      const made = amended[verdict.clause_key] ?? verdict;
      const severity = clause === undefined ? made.severity : severityOf(clause, made);
      const keepsMarks = made.answer === verdict.answer || (clause !== undefined && isHarmful(clause, made.answer));
      return {
        clause_key: verdict.clause_key,
        answer: made.answer,
        ...(severity === null ? {} : { severity }),
        ...(verdict.reason === "" || !keepsMarks ? {} : { reason: verdict.reason }),
        evidence: keepsMarks ? verdict.evidence : [],
      };
    }),
  } as unknown as LabelDocument;
}

function severityOf(clause: AnsweredClause, made: { readonly answer: string; readonly severity: number | null }): number | null {
  return isHarmful(clause, made.answer) ? made.severity : null;
}
