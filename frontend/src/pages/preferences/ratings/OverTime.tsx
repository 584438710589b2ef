import { count } from "@/ui";
import drawn from "../Interval.module.css";
import { monthWords, type Period, type Rating, signed, stretchOf } from "./figures";
import classes from "./OverTime.module.css";

const WIDTH = 96;
const HEIGHT = 44;

/** How each model stood in every month or under every release, each rated by its own answers alone. */
export function OverTime({ periods }: { periods: readonly Period[] }) {
  const all = periods.flatMap((period) => period.ratings);
  const names = [...new Set(all.map((rating) => rating.name))];
  const { from, to } = stretchOf(all);
  const at = (value: number): number => HEIGHT - ((value - from) / (to - from)) * HEIGHT;
  return (
    <div className={classes.scroll} tabIndex={0} role="group" aria-label="Scores over time">
      <table className={classes.table} aria-label="Scores over time">
        <thead>
          <tr>
            <th scope="col">Model</th>
            {periods.map((period) => (
              <th key={period.period} scope="col">
                {monthWords(period.label)}
                <span className={classes.answers}>
                  {count(period.answers)} answers{period.groups > 1 && ", not all comparable"}
                </span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {names.map((name) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              {periods.map((period) => (
                <td key={period.period}>
                  <Stood rating={period.ratings.find((each) => each.name === name)} at={at} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Stood({ rating, at }: { rating: Rating | undefined; at: (value: number) => number }) {
  if (rating === undefined || rating.low === null || rating.high === null) return <span className={classes.none}>not rated</span>;
  return (
    <>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} className={classes.drawing} aria-hidden>
        <line x1={0} x2={WIDTH} y1={at(0)} y2={at(0)} className={drawn.none} />
        <line x1={WIDTH / 2} x2={WIDTH / 2} y1={at(rating.low)} y2={at(rating.high)} className={drawn.bar} />
        <circle cx={WIDTH / 2} cy={at(rating.score)} r={4} className={drawn.dot} />
      </svg>
      {signed(rating.score)}
      <span className={classes.answers}>
        {signed(rating.low)} to {signed(rating.high)}
      </span>
    </>
  );
}
