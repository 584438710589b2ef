import { count, percent } from "@/ui";
import { chanceOf, type Rating, signed, stretchOf, ticksOf } from "./figures";
import classes from "./Leaderboard.module.css";

const WIDTH = 460;
const HEIGHT = 34;

/** The models of one group, best first; each with its score and how sure it is. */
export function Leaderboard({ ratings, label }: { ratings: readonly Rating[]; label: string }) {
  const { from, to } = stretchOf(ratings);
  const ticks = ticksOf(from, to);
  const at = (value: number): number => ((value - from) / (to - from)) * WIDTH;
  return (
    <div className={classes.scroll} tabIndex={0} role="group" aria-label={label}>
      <table className={classes.table} aria-label={label}>
        <thead>
          <tr>
            <th scope="col" data-align="end">
              Rank
            </th>
            <th scope="col">Model</th>
            <th scope="col" className={classes.chartHead}>
              Score, with what it may be
            </th>
            <th scope="col" data-align="end">
              Score
            </th>
            <th scope="col" data-align="end">
              Preferred to the average
            </th>
            <th scope="col" data-align="end">
              Answers
            </th>
          </tr>
        </thead>
        <tbody>
          {ratings.map((rating) => (
            <tr key={rating.name}>
              <td data-align="end" className={classes.rank}>
                {rating.rank}
              </td>
              <th scope="row" title={rating.name}>
                {rating.name}
                {rating.is_held && <span className={classes.held}>sparse: held towards the middle</span>}
              </th>
              <td className={classes.chart}>
                <Interval rating={rating} at={at} ticks={ticks} />
              </td>
              <td data-align="end">{rating.low === null || rating.high === null ? <NoInterval /> : <Score rating={rating} />}</td>
              <td data-align="end">
                {rating.low === null || rating.high === null ? (
                  "—"
                ) : (
                  <>
                    {percent(chanceOf(rating.score), 0)}
                    <span className={classes.bounds}>
                      {percent(chanceOf(rating.low), 0)} to {percent(chanceOf(rating.high), 0)}
                    </span>
                  </>
                )}
              </td>
              <td data-align="end">{count(rating.comparisons)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot aria-hidden>
          <tr>
            <td colSpan={2} />
            <td className={classes.chart}>
              <div className={classes.ticks}>
                {ticks.map((tick) => (
                  <span key={tick} style={{ left: `${(at(tick) / WIDTH) * 100}%` }}>
                    {Number(tick.toFixed(2)) === 0 ? "average" : signed(tick)}
                  </span>
                ))}
              </div>
            </td>
            <td colSpan={3} />
          </tr>
        </tfoot>
      </table>
    </div>
  );
}

function Score({ rating }: { rating: Rating }) {
  return (
    <>
      {signed(rating.score)}
      <span className={classes.bounds}>
        {signed(rating.low ?? rating.score)} to {signed(rating.high ?? rating.score)}
      </span>
    </>
  );
}

/** With more models than intervals can be worked out for, a score alone would say more than is known. */
function NoInterval() {
  return (
    <>
      —<span className={classes.bounds}>too many models for intervals</span>
    </>
  );
}

/** A dot at the score, a bar over what it may be; the numbers stand beside it for people who cannot see it. */
function Interval({ rating, at, ticks }: { rating: Rating; at: (value: number) => number; ticks: readonly number[] }) {
  const middle = HEIGHT / 2;
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} className={classes.drawing} aria-hidden>
      {ticks.map((tick) => (
        <line key={tick} x1={at(tick)} x2={at(tick)} y1={0} y2={HEIGHT} className={classes.grid} data-zero={Math.abs(tick) < 1e-9 || undefined} />
      ))}
      {rating.low !== null && rating.high !== null && (
        <>
          <line x1={at(rating.low)} x2={at(rating.high)} y1={middle} y2={middle} className={classes.bar} data-held={rating.is_held || undefined} />
          <line x1={at(rating.low)} x2={at(rating.low)} y1={middle - 5} y2={middle + 5} className={classes.end} />
          <line x1={at(rating.high)} x2={at(rating.high)} y1={middle - 5} y2={middle + 5} className={classes.end} />
        </>
      )}
      {rating.low !== null && <circle cx={at(rating.score)} cy={middle} r={5} className={classes.dot} data-held={rating.is_held || undefined} />}
    </svg>
  );
}
