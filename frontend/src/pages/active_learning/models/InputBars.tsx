import { percent, plural } from "@/ui";
import chart from "../LearningCurve.module.css";
import { ticks } from "../scales";
import { binWords } from "../wording";
import classes from "./models.module.css";

const width = 640;
const height = 220;
const frame = { left: 52, right: 14, top: 12, bottom: 38 };

/** Two histograms over the same bins, each as shares of its own posts. */
export function InputBars({ before, since }: { before: readonly number[]; since: readonly number[] }) {
  const olds = sharesOf(before);
  const news = sharesOf(since);
  const most = Math.max(0.2, Math.ceil(Math.max(...olds, ...news) * 5) / 5);
  const room = height - frame.top - frame.bottom;
  const base = height - frame.bottom;
  const step = (width - frame.left - frame.right) / Math.max(1, before.length);
  const tall = (share: number): number => (share === 0 ? 0 : Math.max(2, (share / most) * room));
  return (
    <>
      <ul className={chart.legend} aria-hidden>
        <li>
          <span className={classes.keyBefore} /> At the training
        </li>
        <li>
          <span className={classes.keySince} /> Since
        </li>
      </ul>
      <svg
        className={chart.chart}
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        aria-label={`${plural(total(since), "new post")} by their chance of harm, beside ${plural(total(before), "post")} at the training`}
      >
        {ticks(0, most, 2).map((share) => (
          <g key={share}>
            <line className={chart.grid} x1={frame.left} x2={width - frame.right} y1={base - (share / most) * room} y2={base - (share / most) * room} />
            <text className={chart.axis} x={frame.left - 8} y={base - (share / most) * room + 4} textAnchor="end">
              {percent(share, 0)}
            </text>
          </g>
        ))}
        {olds.map((share, at) => {
          const x = frame.left + at * step;
          const other = news[at] ?? 0;
          return (
            <g key={at}>
              <title>{`${binWords(at, before.length)}: ${percent(share, 0)} at the training, ${percent(other, 0)} since`}</title>
              <rect className={classes.barBefore} x={x + 4} y={base - tall(share)} width={step / 2 - 5} height={tall(share)} />
              <rect className={classes.barSince} x={x + step / 2 + 1} y={base - tall(other)} width={step / 2 - 5} height={tall(other)} />
            </g>
          );
        })}
        {ticks(0, 1, 4).map((value) => (
          <text
            key={value}
            className={chart.axis}
            x={frame.left + value * (width - frame.left - frame.right)}
            y={base + 18}
            textAnchor={value === 1 ? "end" : "middle"}
          >
            {`${value * 100} %`}
          </text>
        ))}
        <text className={chart.axis} x={(frame.left + width - frame.right) / 2} y={height - 2} textAnchor="middle">
          Chance of harm
        </text>
      </svg>
    </>
  );
}

function total(counts: readonly number[]): number {
  return counts.reduce((sum, posts) => sum + posts, 0);
}

function sharesOf(counts: readonly number[]): readonly number[] {
  const all = total(counts);
  return counts.map((posts) => (all === 0 ? 0 : posts / all));
}
