import type { ReactNode } from "react";
import { StatusBadge } from "@/ui";
import { reviewWords } from "@/work/review/words";
import { confidenceSteps } from "../../compare/judgment";
import { formWords } from "../../comparisons/wording";
import type { ReviewedAxis } from "../reading";
import type { GivenAnswer, ReviewedSlate } from "./reading";
import { letterOf, saidOf } from "./told";
import classes from "../PairReview.module.css";

/** Where each person puts every response on one axis, side by side: a column a person, a row a response. */
export function AnswerTable({
  slate,
  axis,
  answers,
  activeId,
  onChoose,
}: {
  slate: ReviewedSlate;
  axis: ReviewedAxis;
  answers: readonly GivenAnswer[];
  /** The answer that is reviewed. */
  activeId: string | null;
  /** Null where answers are only looked at. */
  onChoose: ((submissionId: string) => void) | null;
}) {
  const row = (key: string, name: ReactNode, cell: (answer: GivenAnswer) => ReactNode) => (
    <tr key={key}>
      <th scope="row">{name}</th>
      {answers.map((answer) => (
        <td key={answer.submission_id} data-counts={answer.counts || undefined}>
          {cell(answer)}
        </td>
      ))}
    </tr>
  );
  const anybody = (says: (answer: GivenAnswer) => boolean): boolean => answers.some(says);
  const alone = slate.responses.filter(({ place }) => anybody(({ opinions }) => opinions.some((each) => each.place === place && each.acceptable !== null)));
  return (
    <div className={classes.scroll} tabIndex={0} role="group" aria-label={`Where each person puts the responses on ${axis.title}`}>
      <table className={classes.table}>
        <caption>{axis.title}</caption>
        <thead>
          <tr>
            <td />
            {answers.map((answer) => (
              <th key={answer.submission_id} scope="col">
                {onChoose === null ? (
                  answer.person.pseudonym
                ) : (
                  <button
                    type="button"
                    className={classes.person}
                    aria-pressed={answer.submission_id === activeId}
                    onClick={() => onChoose(answer.submission_id)}
                  >
                    {answer.person.pseudonym}
                  </button>
                )}
                <Marks answer={answer} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {slate.responses.map(({ place }) =>
            row(`place ${place}`, letterOf(place), (answer) => {
              const said = saidOf(answer, axis, place);
              return said === null ? <span className={classes.soft}>Not asked</span> : <strong>{said === "" ? "—" : said}</strong>;
            }),
          )}
          {alone.map(({ place }) => row(`alone ${place}`, `${letterOf(place)} alone`, (answer) => <Alone slate={slate} answer={answer} place={place} />))}
          {anybody(({ confidence }) => confidence !== null) &&
            row("sure", "How sure", ({ confidence }) => confidenceSteps.find(({ value }) => value === confidence)?.label ?? null)}
          {anybody(({ reason }) => reason !== "") && row("words", "In words", ({ reason }) => (reason === "" ? null : <span dir="auto">{reason}</span>))}
          {anybody(({ reviews }) => reviews.length > 0) &&
            row("reviewed", "Reviewed", ({ reviews }) =>
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

function Marks({ answer }: { answer: GivenAnswer }) {
  return (
    <span className={classes.marks}>
      <span className={classes.soft}>
        {formWords(answer.form)}, saw {answer.shown.map(letterOf).join(" ")}
      </span>
      {answer.person.is_simulated && <StatusBadge state="simulated" />}
      {answer.is_reviewers && <StatusBadge state="reviewer" tone="info" label="A reviewer's" />}
      {answer.is_late && <StatusBadge state="late" tone="wait" label="Late" />}
      {answer.is_superseded && <StatusBadge state="superseded" label="Superseded" />}
    </span>
  );
}

/** What a person held of one response by itself. */
function Alone({ slate, answer, place }: { slate: ReviewedSlate; answer: GivenAnswer; place: number }) {
  const said = answer.opinions.find((each) => each.place === place);
  if (said === undefined || said.acceptable === null) return null;
  const clauses = slate.releases.find(({ id }) => id === answer.release_id)?.clauses ?? [];
  const titleOf = (key: string): string => clauses.find((clause) => clause.key === key)?.title ?? key;
  return (
    <>
      {said.acceptable ? "Acceptable" : "Not acceptable"}
      {said.severity !== null && `, severity ${said.severity}`}
      {said.clause_keys.length > 0 && <span className={classes.soft}>Breaks {said.clause_keys.map(titleOf).join(", ")}</span>}
    </>
  );
}
