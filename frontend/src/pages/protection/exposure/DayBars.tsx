import { duration, plural } from "@/ui";
import classes from "./DayBars.module.css";
import { dayWords, type Stretch } from "./days";

/** Time in view, day by day or week by week; the same stands in the table for people who hear it. */
export function DayBars({ stretches }: { stretches: readonly Stretch[] }) {
  const most = Math.max(...stretches.map(({ seconds }) => seconds), 60);
  const first = stretches[0];
  const last = stretches.at(-1);
  return (
    <figure className={classes.figure}>
      <div className={classes.bars} aria-hidden>
        {stretches.map((stretch) => (
          <div key={stretch.day} className={classes.bar} title={`${dayWords(stretch)}: ${wordsOf(stretch)}`}>
            <span style={{ height: `${(stretch.seconds / most) * 100}%` }} />
          </div>
        ))}
      </div>
      <div className={classes.axis} aria-hidden>
        <span>{first === undefined ? "" : dayWords(first)}</span>
        <span>{last === undefined ? "" : dayWords(last)}</span>
      </div>
      <details className={classes.details}>
        <summary>The same as a list</summary>
        <ul>
          {stretches
            .filter(({ items }) => items > 0)
            .map((stretch) => (
              <li key={stretch.day}>
                {dayWords(stretch)}: {wordsOf(stretch)}
              </li>
            ))}
        </ul>
      </details>
    </figure>
  );
}

function wordsOf({ seconds, items, severe_items }: Stretch): string {
  return `${duration(seconds * 1000)} in ${plural(items, "post")}${severe_items > 0 ? `, ${severe_items} of them severe` : ""}`;
}
