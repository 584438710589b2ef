import { AppLink, SeverityMark, StatusBadge, useProjectId } from "@/ui";
import { confidenceWords } from "../workspace/answering";
import type { Given } from "./CaseView";
import { hueOf } from "../workspace/context";
import { labelOf, severityRank } from "./clauseWords";
import type { AnsweredClause } from "./reading";
import { reviewWords } from "@/work/review/words";
import classes from "@/work/review/Review.module.css";

/** Who answered what, side by side; choosing one brings out their marks. */
export function AnswerCards({
  clause,
  given,
  activePerson,
  onPerson,
}: {
  clause: AnsweredClause;
  given: readonly Given[];
  activePerson: string | null;
  onPerson: (submissionId: string | null) => void;
}) {
  const projectId = useProjectId();
  return (
    <ul className={classes.answers} aria-label="Answers">
      {given.map(({ submission, verdict }, index) => (
        <li key={submission.id} className={classes.answer} data-counts={submission.counts || undefined}>
          <button
            type="button"
            className={classes.answerHead}
            aria-pressed={submission.id === activePerson}
            onClick={() => onPerson(submission.id === activePerson ? null : submission.id)}
          >
            <span className={classes.personNumber} style={{ background: hueOf(index) }}>
              {index + 1}
            </span>
            <span className={classes.lineSample} data-line={(index % 4) + 1} style={{ color: hueOf(index) }} aria-hidden />
            <span className={classes.person}>{submission.person.pseudonym}</span>
            {submission.person.is_simulated && <StatusBadge state="simulated" />}
            {submission.is_late && <StatusBadge state="late" tone="wait" label="Late" />}
            {submission.is_superseded && <StatusBadge state="superseded" label="Superseded" />}
          </button>
          <p className={classes.said}>
            <strong>{labelOf(clause, verdict.answer)}</strong>
            {verdict.severity !== null && (
              <SeverityMark {...severityRank(clause, verdict.severity)} />
            )}
            {verdict.confidence !== null && (
              <span className={classes.soft}>{confidenceWords[verdict.confidence] ?? `${Math.round(verdict.confidence * 100)} % sure`}</span>
            )}
            {verdict.is_assisted && <StatusBadge state="assisted" label="With a suggestion" />}
            {verdict.evidence.length > 0 && (
              <span className={classes.soft}>{verdict.evidence.length === 1 ? "1 mark" : `${verdict.evidence.length} marks`}</span>
            )}
          </p>
          {verdict.precedents.map((precedentId) => (
            <p key={precedentId} className={classes.review}>
              <AppLink to={`/p/${projectId}/precedents/${precedentId}`}>Cites a ruling</AppLink>
            </p>
          ))}
          {submission.reviews.map((review) => (
            <p key={review.id} className={classes.review} dir="auto">
              {reviewWords(review)}
            </p>
          ))}
          {verdict.reason !== "" && (
            <p className={classes.reason} dir="auto">
              {verdict.reason}
            </p>
          )}
        </li>
      ))}
    </ul>
  );
}
