import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useProjectId } from "@/ui";
import { SpokenForm } from "@/work/review/SpokenForm";
import type { ReviewOutcome, SampleChoice } from "@/work/review/words";
import { AmendedAnswers } from "./AmendedAnswers";
import { type Amended, amendedDocument, amendmentProblem, startOf } from "./amending";
import { reviewingCommands } from "./commands";
import { type GivenAnswers, type PostAnswers, review } from "./reading";

const sends: Readonly<Record<ReviewOutcome, string>> = {
  accepted: "Accept the answer",
  amended: "Put this in its place",
  returned: "Give it back",
};
const said: Readonly<Record<ReviewOutcome, string>> = {
  accepted: "Answer accepted.",
  amended: "Your answer stands in its place.",
  returned: "Given back to its author.",
};

/** What a reviewer says to an answer: leave it, put their own in its place, or give it back with a comment. */
export function ReviewForm({
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
  const projectId = useProjectId();
  const queries = useQueryClient();
  const [outcome, setOutcome] = useState<ReviewOutcome>("accepted");
  const [amended, setAmended] = useState<Amended>(() => startOf(submission));
  return (
    <SpokenForm
      room="reviewing"
      table={reviewingCommands}
      thing="answer"
      outcome={outcome}
      onOutcome={setOutcome}
      sends={sends}
      said={said}
      lacking={amendmentProblem(answers, submission, amended)}
      send={(spoken) =>
        review(projectId, submission.id, {
          id: spoken.id,
          outcome: spoken.outcome,
          comment: spoken.comment,
          choice,
          amendment:
            spoken.outcome === "amended"
              ? { id: spoken.amendmentId, document: amendedDocument(answers, submission, amended), active_ms: spoken.activeMs }
              : null,
        })
      }
      onSent={() => {
        void queries.invalidateQueries({ queryKey: ["post-answers", answers.post.id] });
        void queries.invalidateQueries({ queryKey: ["agreement", projectId] });
        onReviewed();
      }}
    >
      {outcome === "amended" && <AmendedAnswers answers={answers} submission={submission} amended={amended} onChange={setAmended} />}
    </SpokenForm>
  );
}
