import { count, percent } from "@/ui";
import { type Meeting, type Rating, resultOf } from "./figures";
import classes from "./WinMatrix.module.css";

/** Beyond so many models a table of all pairs helps nobody. */
const MOST_MODELS = 24;

/** Who won how often against whom: the row's share against the column, a tie counting half. */
export function WinMatrix({ ratings, meetings }: { ratings: readonly Rating[]; meetings: readonly Meeting[] }) {
  const names = ratings.slice(0, MOST_MODELS).map((rating) => rating.name);
  return (
    <div className={classes.scroll} tabIndex={0} role="group" aria-label="Results between models">
      <table className={classes.table} aria-label="Results between models">
        <thead>
          <tr>
            <td />
            {names.map((name, at) => (
              <th key={name} scope="col" title={name}>
                <span className={classes.place} aria-hidden>
                  {at + 1}
                </span>
                <span className={classes.said}>{name}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {names.map((name, at) => (
            <tr key={name}>
              <th scope="row">
                <span className={classes.place} aria-hidden>
                  {at + 1}
                </span>
                {name}
              </th>
              {names.map((other) => (
                <Cell key={other} name={name} other={other} meetings={meetings} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {ratings.length > MOST_MODELS && (
        <p className={classes.more}>Shown are the first {MOST_MODELS} of {count(ratings.length)} models.</p>
      )}
    </div>
  );
}

function Cell({ name, other, meetings }: { name: string; other: string; meetings: readonly Meeting[] }) {
  if (name === other) return <td className={classes.same} aria-label="The same model" />;
  const result = resultOf(meetings, name, other);
  if (result === null) {
    return (
      <td className={classes.never} title="Never met">
        <span aria-hidden>·</span>
        <span className={classes.said}>Never met</span>
      </td>
    );
  }
  const { wins, losses, ties, share } = result;
  const strength = Math.round(Math.abs(share - 0.5) * 2 * 36);
  const tone = share >= 0.5 ? "var(--accent)" : "var(--tone-wait)";
  return (
    <td style={{ background: `color-mix(in srgb, ${tone} ${strength}%, transparent)` }} title={`${name} against ${other}: ${count(wins)} won, ${count(losses)} lost, ${count(ties)} tied`}>
      {percent(share, 0)}
      <span className={classes.counts}>
        {count(wins)}–{count(losses)}
        {ties > 0 && `–${count(ties)}`}
      </span>
    </td>
  );
}
