import { useCallback, useMemo, useState } from "react";
import { useMay } from "@/api/session";
import { ErrorState, LoadingState, useProjectId } from "@/ui";
import { SettleButton } from "@/pages/policies/precedents/SettleButton";
import { CaseSide, Quiet } from "@/work/cases/CaseRoom";
import { MakeGold } from "../gold/MakeGold";
import { AdjudicationForm } from "./AdjudicationForm";
import { AnswerCards } from "./AnswerCards";
import { DecisionHistory } from "./DecisionHistory";
import { ReviewedPost } from "./ReviewedPost";
import { type AnsweredClause, type Disagreement, type GivenAnswers, type GivenVerdict, type PostAnswers, usePostAnswers } from "./reading";
import classes from "@/work/review/Review.module.css";

/** One person's answer to the clause of the case. */
export interface Given {
  readonly submission: GivenAnswers;
  readonly verdict: GivenVerdict;
}

/** A disagreement: the post with everybody's marks, the answers side by side, and the decision to make. */
export function CaseView({ found, onDecided }: { found: Disagreement; onDecided: () => void }) {
  const { answers, error, refetch } = usePostAnswers(found.post_id);
  if (answers === undefined) {
    return (
      <Quiet>
        {error !== null ? (
          <ErrorState error={error} onRetry={refetch} />
        ) : (
          <LoadingState label="Loading the answers" lines={8} />
        )}
      </Quiet>
    );
  }
  const clause = answers.clauses.find(
    (candidate) => candidate.key === found.clause_key && candidate.meaning_revision === found.meaning_revision,
  );
  if (clause === undefined) return <Quiet>The rule of this case cannot be read any more.</Quiet>;
  return <Case found={found} answers={answers} clause={clause} onDecided={onDecided} />;
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
  const projectId = useProjectId();
  const mayDecide = useMay(projectId, "review.decide");
  const given = useMemo(() => givenTo(answers, found), [answers, found]);
  // Whose marks stand out is forgotten with the case; what is uncovered stays so on its post.
  const [chosen, setChosen] = useState<{ readonly caseId: string; readonly person: string | null } | null>(null);
  const person = chosen?.caseId === found.decision_id ? chosen.person : null;
  const setPerson = useCallback((next: string | null) => setChosen({ caseId: found.decision_id, person: next }), [found.decision_id]);
  const decisions = answers.decisions.filter(
    (decision) => decision.clause_key === found.clause_key && decision.meaning_revision === found.meaning_revision,
  );
  const current = decisions.find((decision) => decision.is_current);
  return (
    <>
      <ReviewedPost answers={answers} given={given} activePerson={person} onPerson={setPerson} />
      <CaseSide room="review" label="The answers and the decision" rule={clause}>
        <AnswerCards clause={clause} given={given} activePerson={person} onPerson={setPerson} />
        {mayDecide ? (
          <AdjudicationForm
            key={found.decision_id}
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
        <SettleButton projectId={projectId} postId={found.post_id} clauseKey={found.clause_key} releaseId={found.release_id} />
        <MakeGold postId={found.post_id} releaseId={found.release_id} />
      </CaseSide>
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
