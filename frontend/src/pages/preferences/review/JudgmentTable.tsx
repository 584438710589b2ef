import { Fragment, type ReactNode } from "react";
import { percent, SeverityMark, StatusBadge } from "@/ui";
import { reviewWords } from "@/work/review/words";
import { answerWords } from "../comparisons/wording";
import { confidenceSteps } from "../compare/judgment";
import { Words } from "../compare/Words";
import { changesOf, wordDifference } from "../compare/words";
import { type GivenJudgment, type ReviewedAxis, type ReviewedComparison, type Side, sides } from "./reading";
import { answerTo, isApart, shownWords } from "./told";
import classes from "./PairReview.module.css";

/** What each person said, side by side: a column a person, a row an axis. */
export function JudgmentTable({
  comparison,
  axes,
  judgments,
  activeAxis,
  activeId,
  onChoose,
}: {
  comparison: ReviewedComparison;
  axes: readonly ReviewedAxis[];
  judgments: readonly GivenJudgment[];
  activeAxis: string;
  /** The judgment that is reviewed. */
  activeId: string | null;
  onChoose: (submissionId: string) => void;
}) {
  const row = (name: ReactNode, cell: (judgment: GivenJudgment) => ReactNode, marks: { isActive?: boolean; isApart?: boolean } = {}) => (
    <tr data-active={marks.isActive || undefined}>
      <th scope="row">
        {name}
        {marks.isApart && <StatusBadge state="apart" tone="wait" label="People differ" />}
      </th>
      {judgments.map((judgment) => (
        <td key={judgment.submission_id} data-counts={judgment.counts || undefined}>
          {cell(judgment)}
        </td>
      ))}
    </tr>
  );
  const anybody = (says: (judgment: GivenJudgment) => boolean): boolean => judgments.some(says);
  return (
    <div className={classes.scroll} tabIndex={0} role="group" aria-label="What each person said">
      <table className={classes.table}>
        <thead>
          <tr>
            <td />
            {judgments.map((judgment) => (
              <th key={judgment.submission_id} scope="col">
                <button
                  type="button"
                  className={classes.person}
                  aria-pressed={judgment.submission_id === activeId}
                  onClick={() => onChoose(judgment.submission_id)}
                >
                  {judgment.person.pseudonym}
                </button>
                <Marks judgment={judgment} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {axes.map((axis) => (
            <Fragment key={`${axis.key} ${axis.meaning_revision}`}>
              {row(
                axis.title,
                (judgment) => {
                  const answer = answerTo(judgment, axis);
                  return answer === undefined ? <span className={classes.soft}>Not asked</span> : <strong>{answerWords(answer)}</strong>;
                },
                { isActive: axis.key === activeAxis, isApart: isApart(judgments, axis) },
              )}
            </Fragment>
          ))}
          {sides.filter((side) => anybody(({ assessments }) => assessments.some((each) => each.side === side))).map((side) => (
            <Fragment key={side}>{row(`${side.toUpperCase()} alone`, (judgment) => <Alone comparison={comparison} judgment={judgment} side={side} />)}</Fragment>
          ))}
          {anybody(({ confidence }) => confidence !== null) &&
            row("How sure", ({ confidence }) => (confidence === null ? null : sureWords(confidence)))}
          {anybody(({ flags, reason_codes: codes }) => flags.length + codes.length > 0) &&
            row("Reasons named", ({ flags, reason_codes: codes }) => [...flags, ...codes].map((code) => code.replaceAll(/[_-]/g, " ")).join(", "))}
          {anybody(({ reason }) => reason !== "") && row("In words", ({ reason }) => (reason === "" ? null : <span dir="auto">{reason}</span>))}
          {sides.filter((side) => anybody(({ rewrites }) => rewrites.some((each) => each.side === side))).map((side) => (
            <Fragment key={`rewrite of ${side}`}>
              {row(`A better ${side.toUpperCase()}`, (judgment) => <Rewritten comparison={comparison} judgment={judgment} side={side} />)}
            </Fragment>
          ))}
          {anybody(({ reviews }) => reviews.length > 0) &&
            row("Reviewed", ({ reviews }) =>
              reviews.map((review) => (
                <p key={review.id} className={classes.review} dir="auto">
                  {reviewWords(review)}
                </p>
              )),
            )}
        </tbody>
      </table>
    </div>
  );
}

function Marks({ judgment }: { judgment: GivenJudgment }) {
  return (
    <span className={classes.marks}>
      <span className={classes.soft}>{shownWords(judgment)}</span>
      {judgment.person.is_simulated && <StatusBadge state="simulated" />}
      {judgment.is_reviewers && <StatusBadge state="reviewer" tone="info" label="A reviewer's" />}
      {judgment.is_late && <StatusBadge state="late" tone="wait" label="Late" />}
      {judgment.is_superseded && <StatusBadge state="superseded" label="Superseded" />}
    </span>
  );
}

/** What a person held of one response by itself. */
function Alone({ comparison, judgment, side }: { comparison: ReviewedComparison; judgment: GivenJudgment; side: Side }) {
  const said = judgment.assessments.find((each) => each.side === side);
  if (said === undefined || said.acceptable === null) return null;
  const clauses = comparison.releases.find(({ id }) => id === judgment.release_id)?.clauses ?? [];
  const cited = clauses.filter(({ key }) => said.clause_keys.includes(key));
  const scale = [...(cited.find(({ severities }) => severities.some(({ value }) => value === said.severity))?.severities ?? [])].sort(
    (a, b) => a.value - b.value,
  );
  const at = scale.findIndex(({ value }) => value === said.severity);
  return (
    <>
      {said.acceptable ? "Acceptable" : "Not acceptable"}{" "}
      {said.severity !== null && <SeverityMark rank={at + 1} of={Math.max(scale.length, 1)} label={scale[at]?.label ?? String(said.severity)} />}
      {said.clause_keys.length > 0 && (
        <span className={classes.soft}>Breaks {said.clause_keys.map((key) => clauses.find((clause) => clause.key === key)?.title ?? key).join(", ")}</span>
      )}
    </>
  );
}

/** A better version of a response, with what it changes. */
function Rewritten({ comparison, judgment, side }: { comparison: ReviewedComparison; judgment: GivenJudgment; side: Side }) {
  const rewrite = judgment.rewrites.find((each) => each.side === side);
  if (rewrite === undefined) return null;
  const original = comparison.responses.find((response) => response.side === side)?.text ?? "";
  return <Words pieces={changesOf(wordDifference(original, rewrite.text))} />;
}

function sureWords(confidence: number): string {
  return confidenceSteps.find(({ value }) => value === confidence)?.label ?? `${percent(confidence, 0)} sure`;
}
