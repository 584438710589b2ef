import { useProjectId } from "@/ui";
import { SpokenForm } from "@/work/review/SpokenForm";
import type { ReviewOutcome, SampleChoice } from "@/work/review/words";
import type { Judged } from "../compare/bundle";
import { type AxisAnswer, type Judgment, toDocument } from "../compare/judgment";
import { pairReviewingCommands } from "./commands";
import { type GivenJudgment, reviewJudgment } from "./reading";
import { stepDeeds } from "./stepDeeds";
import classes from "./PairReview.module.css";

const ROOM = "pair-reviewing";
const sends: Readonly<Record<ReviewOutcome, string>> = {
  accepted: "Accept the judgment",
  amended: "Judge it yourself beside it",
  returned: "Give it back",
};
const said: Readonly<Record<ReviewOutcome, string>> = {
  accepted: "Judgment accepted.",
  amended: "Your judgment counts beside the others.",
  returned: "Given back to its author.",
};

/** What a reviewer says to one judgment. */
export function JudgmentForm({
  judgment,
  choice,
  judged,
  own,
  outcome,
  onOutcome,
  lacking,
  onAnswer,
  onReviewed,
}: {
  judgment: Pick<GivenJudgment, "submission_id" | "person" | "is_superseded" | "is_reviewers">;
  choice: SampleChoice;
  judged: Judged;
  /** What the reviewer would judge, A first. */
  own: Judgment;
  outcome: ReviewOutcome;
  onOutcome: (outcome: ReviewOutcome) => void;
  lacking: string | null;
  /** What the keys of the scale do; null where there is none. */
  onAnswer: ((answer: AxisAnswer) => void) | null;
  onReviewed: () => void;
}) {
  const projectId = useProjectId();
  if (judgment.is_superseded) return <p className={classes.soft}>This judgment was corrected since. Review the newer one.</p>;
  if (judgment.is_reviewers) return <p className={classes.soft}>This is a reviewer's own judgment. It counts beside the others.</p>;
  return (
    <>
      <p className={classes.soft}>
        About <strong>{judgment.person.pseudonym}</strong>’s judgment
      </p>
      <SpokenForm
        room={ROOM}
        table={pairReviewingCommands}
        thing="judgment"
        outcome={outcome}
        onOutcome={onOutcome}
        sends={sends}
        said={said}
        lacking={lacking}
        deeds={outcome === "amended" && onAnswer !== null ? stepDeeds(ROOM, onAnswer) : {}}
        send={(spoken) =>
          reviewJudgment(projectId, judgment.submission_id, {
            id: spoken.id,
            outcome: spoken.outcome,
            comment: spoken.comment,
            choice,
            amendment:
              spoken.outcome === "amended"
                ? { id: spoken.amendmentId, document: toDocument(own, judged), active_ms: spoken.activeMs }
                : null,
          })
        }
        onSent={onReviewed}
      >
        {outcome === "amended" && (
          <p className={classes.soft}>Judge it on the left. What others said goes on counting; yours stands beside it, named a reviewer’s.</p>
        )}
      </SpokenForm>
    </>
  );
}
