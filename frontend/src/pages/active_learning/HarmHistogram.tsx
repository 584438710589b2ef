import { count, EmptyState, Panel, plural } from "@/ui";
import classes from "./LearningCurve.module.css";
import { ticks } from "./scales";
import { binWords } from "./wording";

const width = 640;
const height = 260;
const frame = { left: 44, right: 14, top: 12, bottom: 38 };

/** How the head spreads the posts that nobody has answered over the chance of harm. */
export function HarmHistogram({ bins }: { bins: readonly number[] }) {
  const total = bins.reduce((sum, bin) => sum + bin, 0);
  return (
    <Panel title="Predicted harm in the pool" note="Posts nobody has answered, by the head’s calibrated chance that they violate the clause.">
      {total === 0 ? (
        <EmptyState framed={false} title="Nothing predicted">
          A head is trained once two answers have enough decided posts each.
        </EmptyState>
      ) : (
        <>
          <Bars bins={bins} total={total} />
          <details className={classes.fold}>
            <summary>The numbers</summary>
            <table className={classes.table} aria-label="Posts by predicted harm">
              <thead>
                <tr>
                  <th scope="col">Chance of harm</th>
                  <th scope="col">Posts</th>
                </tr>
              </thead>
              <tbody>
                {bins.map((bin, at) => (
                  <tr key={at}>
                    <th scope="row">{binWords(at, bins.length)}</th>
                    <td>{count(bin)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </details>
        </>
      )}
    </Panel>
  );
}

function Bars({ bins, total }: { bins: readonly number[]; total: number }) {
  // Whole posts only: lines at none, at a step and at two of them.
  const line = Math.max(1, Math.ceil(Math.max(...bins) / 2));
  const most = 2 * line;
  const room = height - frame.top - frame.bottom;
  const step = (width - frame.left - frame.right) / bins.length;
  const base = height - frame.bottom;
  return (
    <svg
      className={classes.chart}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={`${plural(total, "post")} by their predicted chance of harm`}
    >
      {[0, line, most].map((posts) => (
        <g key={posts}>
          <line
            className={classes.grid}
            x1={frame.left}
            x2={width - frame.right}
            y1={base - (posts / most) * room}
            y2={base - (posts / most) * room}
          />
          <text className={classes.axis} x={frame.left - 8} y={base - (posts / most) * room + 4} textAnchor="end">
            {count(posts)}
          </text>
        </g>
      ))}
      {bins.map((bin, at) => {
        const tall = bin === 0 ? 0 : Math.max(2, (bin / most) * room);
        return (
          <rect
            key={at}
            className={at >= bins.length / 2 ? classes.barHigh : classes.bar}
            x={frame.left + at * step + 1}
            y={base - tall}
            width={step - 2}
            height={tall}
          />
        );
      })}
      {ticks(0, 1, 4).map((value) => (
        <text
          key={value}
          className={classes.axis}
          x={frame.left + value * (width - frame.left - frame.right)}
          y={base + 18}
          textAnchor="middle"
        >
          {`${value * 100} %`}
        </text>
      ))}
      <text className={classes.axis} x={(frame.left + width - frame.right) / 2} y={height - 2} textAnchor="middle">
        Chance of harm
      </text>
    </svg>
  );
}
