import { useMemo, useState } from "react";
import { ErrorState, LoadingState } from "@/ui";
import { CaseSide, Quiet } from "@/work/cases/CaseRoom";
import { MakeGold } from "../gold/MakeGold";
import { ChoiceRow } from "@/work/ChoiceRow";
import { AnswerCards } from "./AnswerCards";
import { DifferenceList } from "./DifferenceList";
import { answersBeside } from "./differences";
import { type GivenAnswers, type PostAnswers, type SampledSubmission, usePostAnswers } from "./reading";
import type { SampleChoice } from "@/work/review/words";
import { ReviewedPost } from "./ReviewedPost";
import { ReviewForm } from "./ReviewForm";

/** One answer beside the others' to the same post: their marks drawn, the differences listed, and a word to say. */
export function SampleView({
  sampled,
  choice,
  onReviewed,
}: {
  sampled: SampledSubmission;
  choice: SampleChoice;
  onReviewed: () => void;
}) {
  const { answers, error, refetch } = usePostAnswers(sampled.post_id);
  const submission = answers?.submissions.find((candidate) => candidate.id === sampled.submission_id);
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
  if (submission === undefined) return <Quiet>This answer cannot be read any more.</Quiet>;
  return <Sampled answers={answers} submission={submission} choice={choice} onReviewed={onReviewed} />;
}

function Sampled({
  answers,
  submission,
  choice,
  onReviewed,
}: {
  answers: PostAnswers;
  submission: GivenAnswers;
  choice: SampleChoice;
  onReviewed: () => void;
}) {
  const first = submission.verdicts.find((verdict) => verdict.clause_key === choice.clauseKey) ?? submission.verdicts[0];
  const [clauseKey, setClauseKey] = useState(first?.clause_key ?? "");
  const [person, setPerson] = useState<string | null>(submission.id);
  const verdict = submission.verdicts.find((candidate) => candidate.clause_key === clauseKey);
  const clause = answers.clauses.find(
    (candidate) => candidate.key === clauseKey && candidate.meaning_revision === verdict?.meaning_revision,
  );
  const given = useMemo(() => answersBeside(answers, submission, clauseKey), [answers, submission, clauseKey]);
  if (verdict === undefined || clause === undefined) return <Quiet>The rule of this answer cannot be read any more.</Quiet>;
  const titleOf = (key: string): string => answers.clauses.find((candidate) => candidate.key === key)?.title ?? key;
  return (
    <>
      <ReviewedPost answers={answers} given={given} activePerson={person} onPerson={setPerson} />
      <CaseSide room="review" label="The answer and what you say to it" rule={clause}>
        {submission.verdicts.length > 1 && (
          <ChoiceRow
            label="Rule on the screen"
            options={submission.verdicts.map(({ clause_key: key }) => ({ value: key, label: titleOf(key) }))}
            value={clauseKey}
            onChoose={setClauseKey}
          />
        )}
        <AnswerCards clause={clause} given={given} activePerson={person} onPerson={setPerson} />
        <DifferenceList answers={answers} submission={submission} onChoose={setClauseKey} />
        <ReviewForm answers={answers} submission={submission} choice={choice} onReviewed={onReviewed} />
        <MakeGold postId={answers.post.id} releaseId={submission.release_id} />
      </CaseSide>
    </>
  );
}
