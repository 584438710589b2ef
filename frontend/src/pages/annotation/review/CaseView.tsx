import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { useMay } from "@/api/session";
import { ErrorState, LoadingState, useProjectId } from "@/ui";
import { AdjudicationForm } from "./AdjudicationForm";
import { AnswerCards } from "./AnswerCards";
import { DecisionHistory } from "./DecisionHistory";
import { ReviewedPost } from "./ReviewedPost";
import { type AnsweredClause, answersQuery, type Disagreement, type GivenAnswers, type GivenVerdict, type PostAnswers } from "./reading";
import classes from "./ReviewRoom.module.css";

/** One person's answer to the clause of the case. */
export interface Given {
  readonly submission: GivenAnswers;
  readonly verdict: GivenVerdict;
}

/** A disagreement: the post with everybody's marks, the answers side by side, and the decision to make. */
export function CaseView({ found, onDecided }: { found: Disagreement; onDecided: () => void }) {
  const answers = useQuery(answersQuery(found.post_id));
  if (answers.data === undefined) {
    return (
      <div className={classes.quiet}>
        {answers.isError ? (
          <ErrorState error={answers.error} onRetry={answers.refetch} />
        ) : (
          <LoadingState label="Loading the answers" lines={8} />
        )}
      </div>
    );
  }
  const clause = answers.data.clauses.find(
    (candidate) => candidate.key === found.clause_key && candidate.meaning_revision === found.meaning_revision,
  );
  if (clause === undefined) return <div className={classes.quiet}>The rule of this case cannot be read any more.</div>;
  return <Case found={found} answers={answers.data} clause={clause} onDecided={onDecided} />;
}

function Case({
  found,
  answers,
  clause,
  onDecided,
}: {
  found: Disagreement;
  answers: PostAnswers;
  clause: AnsweredClause;
  onDecided: () => void;
}) {
  const mayDecide = useMay(useProjectId(), "review.decide");
  const given = useMemo(() => givenTo(answers, found), [answers, found]);
  const [person, setPerson] = useState<string | null>(null);
  const decisions = answers.decisions.filter(
    (decision) => decision.clause_key === found.clause_key && decision.meaning_revision === found.meaning_revision,
  );
  const current = decisions.find((decision) => decision.is_current);
  return (
    <>
      <ReviewedPost answers={answers} given={given} activePerson={person} onPerson={setPerson} />
      <div className={classes.side} tabIndex={0} role="group" aria-label="The answers and the decision">
        <section className={classes.question}>
          <p className={classes.clauseTitle}>{clause.title}</p>
          <h2 className={classes.clauseQuestion}>{clause.question}</h2>
        </section>
        <AnswerCards clause={clause} given={given} activePerson={person} onPerson={setPerson} />
        {mayDecide ? (
          <AdjudicationForm
            postId={found.post_id}
            releaseId={found.release_id}
            clause={clause}
            seenDecisionId={current?.id ?? null}
            onDecided={onDecided}
          />
        ) : (
          <p className={classes.note}>A reviewer decides this case.</p>
        )}
        <DecisionHistory clause={clause} decisions={decisions} />
      </div>
    </>
  );
}

/** The answers to the case's clause, those that count first. */
function givenTo(answers: PostAnswers, found: Disagreement): Given[] {
  return answers.submissions
    .flatMap((submission) =>
      submission.verdicts
        .filter(
          (verdict) =>
            verdict.clause_key === found.clause_key && verdict.meaning_revision === found.meaning_revision,
        )
        .map((verdict) => ({ submission, verdict })),
    )
    .sort((a, b) => Number(b.submission.counts) - Number(a.submission.counts));
}
