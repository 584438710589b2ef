import { count, EmptyState, Panel, percent, plural } from "@/ui";
import chart from "../LearningCurve.module.css";
import type { ModelEvaluation } from "../queries";
import { linear, ticks } from "../scales";
import { binWords } from "../wording";
import classes from "./models.module.css";

const width = 640;
const height = 300;
const frame = { left: 52, right: 14, top: 12, bottom: 38 };

type Bin = ModelEvaluation["bins"][number];

/** Whether what the model says at 70 % comes true seven times in ten. */
export function CalibrationCurve({ bins }: { bins: readonly Bin[] }) {
  const filled = bins.filter((bin) => bin.posts > 0);
  return (
    <Panel title="Calibration" note="Held-out posts by their chance of harm, and how many of them people found harmful. On the line the model is as sure as it is right.">
      {filled.length === 0 ? (
        <EmptyState framed={false} title="Nothing to compare">
          No held-out post was measured.
        </EmptyState>
      ) : (
        <>
          <Curve bins={filled} />
          <details className={chart.fold}>
            <summary>The numbers</summary>
            <table className={chart.table} aria-label="Harmful posts by predicted chance of harm">
              <thead>
                <tr>
                  <th scope="col">Chance of harm</th>
                  <th scope="col">Posts</th>
                  <th scope="col">Mean chance</th>
                  <th scope="col">Found harmful</th>
                  <th scope="col">95 % interval</th>
                </tr>
              </thead>
              <tbody>
                {bins.map((bin, at) => (
                  <tr key={bin.low}>
                    <th scope="row">{binWords(at, bins.length)}</th>
                    <td>{count(bin.posts)}</td>
                    <td>{bin.mean === null ? "—" : percent(bin.mean)}</td>
                    <td>{bin.share === null ? "—" : percent(bin.share)}</td>
                    <td>{bin.share_low === null || bin.share_high === null ? "—" : `${percent(bin.share_low, 0)} to ${percent(bin.share_high, 0)}`}</td>
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

function Curve({ bins }: { bins: readonly Bin[] }) {
  const x = linear([0, 1], [frame.left, width - frame.right]);
  const y = linear([0, 1], [height - frame.bottom, frame.top]);
  const most = Math.max(...bins.map((bin) => bin.posts));
  const total = bins.reduce((sum, bin) => sum + bin.posts, 0);
  const points = bins.map((bin) => ({
    bin,
    x: x(bin.mean ?? (bin.low + bin.high) / 2),
    y: y(bin.share ?? 0),
    // An area that grows with the posts, never too small to see.
    r: 3 + 6 * Math.sqrt(bin.posts / most),
  }));
  return (
    <svg className={chart.chart} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={`Share found harmful against the predicted chance, ${plural(total, "held-out post")}`}>
      {ticks(0, 1, 4).map((value) => (
        <g key={value}>
          <line className={chart.grid} x1={frame.left} x2={width - frame.right} y1={y(value)} y2={y(value)} />
          <text className={chart.axis} x={frame.left - 8} y={y(value) + 4} textAnchor="end">
            {`${value * 100} %`}
          </text>
          <text className={chart.axis} x={x(value)} y={height - frame.bottom + 18} textAnchor={value === 1 ? "end" : "middle"}>
            {`${value * 100} %`}
          </text>
        </g>
      ))}
      <text className={chart.axis} x={(frame.left + width - frame.right) / 2} y={height - 2} textAnchor="middle">
        Chance of harm
      </text>
      <line className={classes.ideal} x1={x(0)} y1={y(0)} x2={x(1)} y2={y(1)} />
      <polyline className={chart.own} points={points.map((point) => `${point.x},${point.y}`).join(" ")} />
      {points.map(({ bin, ...point }) => (
        <g key={bin.low}>
          <line className={classes.whisker} x1={point.x} x2={point.x} y1={y(bin.share_low ?? 0)} y2={y(bin.share_high ?? 1)} />
          <circle className={chart.ownMark} cx={point.x} cy={point.y} r={point.r}>
            <title>{`${plural(bin.posts, "post")} at ${percent(bin.mean ?? 0, 0)}: ${percent(bin.share ?? 0, 0)} harmful`}</title>
          </circle>
        </g>
      ))}
    </svg>
  );
}
