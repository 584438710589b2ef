import { differencesOf } from "./differences";
import type { GivenAnswers, PostAnswers } from "./reading";
import classes from "@/work/review/Review.module.css";

const kinds: Readonly<Record<string, string>> = {
  whole_post: "The whole post",
  part: "A whole part",
  time_range: "Time range",
  text_span: "Words",
  point: "Point",
};
const units: Readonly<Record<string, (spread: number) => string>> = {
  time_range: (spread) => `${(spread / 1_000_000).toFixed(2)} s`,
  text_span: (spread) => (spread === 1 ? "1 character" : `${spread} characters`),
};

/** How the answer under review differs from the others', and how well the marks meet; choosing one shows its rule. */
export function DifferenceList({
  answers,
  submission,
  onChoose,
}: {
  answers: PostAnswers;
  submission: GivenAnswers;
  onChoose: (clauseKey: string) => void;
}) {
  const differences = differencesOf(answers, submission);
  const asked = new Set(submission.verdicts.map((verdict) => verdict.clause_key));
  const merged = answers.decisions
    .filter((decision) => decision.is_current && asked.has(decision.clause_key))
    .flatMap((decision) => decision.evidence.filter((piece) => piece.of > 1 && piece.region.kind !== "whole_post"));
  return (
    <section className={classes.differences} aria-label="Differences">
      <h3 className={classes.formTitle}>Differences</h3>
      {differences.length === 0 && <p className={classes.note}>Nobody answered otherwise.</p>}
      {differences.length > 0 && (
        <ul>
          {differences.map((difference) => (
            <li key={`${difference.clauseKey} ${difference.person}`}>
              <button type="button" onClick={() => onChoose(difference.clauseKey)}>
                <strong>{difference.title}</strong>: <q>{difference.here}</q> here, <q>{difference.there}</q> by {difference.person}
              </button>
            </li>
          ))}
        </ul>
      )}
      {merged.length > 0 && (
        <ul aria-label="Marks">
          {merged.map((piece, at) => (
            <li key={at} className={classes.soft}>
              {regionWords(String(piece.region.kind))}: {piece.support} of {piece.of} people
              {piece.support > 1 && `, edges within ${spreadWords(String(piece.region.kind), piece.spread)}`}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function regionWords(kind: string): string {
  return kinds[kind] ?? `${kind.charAt(0).toUpperCase()}${kind.slice(1)}`;
}

function spreadWords(kind: string, spread: number): string {
  return units[kind]?.(spread) ?? `${Math.round(spread)} px`;
}
