import { Panel } from "@/ui";
import classes from "./bench.module.css";
import type { BenchRun, JudgedClause, TextFigures } from "./queries";
import { shareRange, shareWords } from "./words";

/** Where to look first: every clause in a line, those the text does worst on at the top. */
export function BenchOverview({ run, clauses }: { run: BenchRun; clauses: readonly JudgedClause[] }) {
  const isCompared = clauses.some((clause) => clause.baseline !== null);
  return (
    <Panel title="Clause by clause" note="The least agreement with people first; each leads to its figures.">
      <table className={classes.figures} aria-label="Clause by clause">
        <thead>
          <tr>
            <th scope="col">Clause</th>
            <th scope="col">Agrees under {run.release_label}</th>
            {isCompared && <th scope="col">Under {run.baseline_label}</th>}
            {isCompared && <th scope="col">Posts that flip</th>}
            <th scope="col">No answer in it</th>
          </tr>
        </thead>
        <tbody>
          {worstFirst(clauses).map((clause) => (
            <tr key={clause.clause_key}>
              <th scope="row">
                <a href={`#${placeOf(clause)}`}>{clause.title}</a>
              </th>
              <Agreement figures={clause.candidate} />
              {isCompared && <Agreement figures={clause.baseline} />}
              {isCompared && <Flips clause={clause} />}
              <td>{clause.candidate === null ? "—" : shareWords(clause.candidate.unparsed)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  );
}

/** Where a clause's figures stand on the page. */
export function placeOf(clause: Pick<JudgedClause, "clause_key">): string {
  return `clause-${clause.clause_key}`;
}

/** The least agreement first; what nobody judged clearly, last; ties as the release has them. */
export function worstFirst<Clause extends { readonly candidate: Pick<TextFigures, "agreement"> | null }>(
  clauses: readonly Clause[],
): Clause[] {
  const rank = ({ candidate }: Clause): number =>
    candidate === null || candidate.agreement.total === 0 ? 2 : candidate.agreement.hits / candidate.agreement.total;
  return [...clauses].sort((one, other) => rank(one) - rank(other));
}

function Agreement({ figures }: { figures: TextFigures | null }) {
  if (figures === null) return <td>—</td>;
  return (
    <td>
      {shareWords(figures.agreement)} <span className={classes.range}>{shareRange(figures.agreement, "posts")}</span>
    </td>
  );
}

function Flips({ clause: { flips } }: { clause: JudgedClause }) {
  if (flips === null) return <td>—</td>;
  return (
    <td>
      {flips.share.hits} of {flips.share.total}
      {flips.share.hits > 0 && (
        <span className={classes.range}>
          {flips.better} to people’s answer, {flips.worse} away
        </span>
      )}
    </td>
  );
}
