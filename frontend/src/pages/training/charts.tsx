import { count, decimal, EmptyState, Panel } from "@/ui";
import type { PairsMeasured, Point } from "./queries";
import classes from "./training.module.css";

const width = 480;
const height = 240;
const frame = { left: 46, right: 12, top: 10, bottom: 38 };

function along(low: number, high: number): (value: number) => number {
  return (value) => frame.left + ((value - low) / (high - low || 1)) * (width - frame.left - frame.right);
}

function up(low: number, high: number): (value: number) => number {
  return (value) => height - frame.bottom - ((value - low) / (high - low || 1)) * (height - frame.top - frame.bottom);
}

function Axis({ x, y, at, marks, unit }: { x: number; y: (value: number) => number; at: readonly number[]; marks: readonly [number, string][]; unit: string }) {
  return (
    <>
      {at.map((value) => (
        <g key={value}>
          <line className={classes.grid} x1={frame.left} x2={width - frame.right} y1={y(value)} y2={y(value)} />
          <text className={classes.axis} x={frame.left - 8} y={y(value) + 4} textAnchor="end">
            {decimal(value, value >= 10 ? 0 : 2)}
          </text>
        </g>
      ))}
      {marks.map(([place, label]) => (
        <text key={label} className={classes.axis} x={place} y={height - frame.bottom + 17} textAnchor="middle">
          {label}
        </text>
      ))}
      <text className={classes.axis} x={x} y={height - 3} textAnchor="middle">
        {unit}
      </text>
    </>
  );
}

const middle = (frame.left + width - frame.right) / 2;

/** The loss, or with GRPO the reward, by step. */
export function Curve({ points, isReward }: { points: readonly Point[]; isReward: boolean }) {
  const values = points.flatMap((point) => {
    const value = (isReward ? point.reward : point.loss) ?? null;
    return value === null ? [] : [{ step: point.step, value }];
  });
  const highest = Math.max(...values.map(({ value }) => value), 0.1);
  const lowest = Math.min(...values.map(({ value }) => value), 0);
  const last = values.at(-1)?.step ?? 1;
  const x = along(1, last);
  const y = up(lowest, highest);
  const name = isReward ? "Reward" : "Loss";
  return (
    <Panel title={`${name} by step`} note={isReward ? "The mean worth of sampled replies, 0 to 1." : undefined}>
      {values.length === 0 ? (
        <EmptyState framed={false} title="No step yet">
          The first one comes once the base model is loaded.
        </EmptyState>
      ) : (
        <svg className={classes.chart} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={`${name} by step, at last ${decimal(values.at(-1)?.value ?? 0)}`}>
          <Axis x={middle} y={y} at={[lowest, (lowest + highest) / 2, highest]} marks={[[x(1), "1"], [x(last), count(last)]]} unit="Steps" />
          <polyline className={classes.line} points={values.map(({ step, value }) => `${x(step)},${y(value)}`).join(" ")} />
        </svg>
      )}
    </Panel>
  );
}

/** How often the model is right by how sure it is, before and after the temperature. */
export function Reliability({ calibration }: { calibration: PairsMeasured["calibration"] }) {
  const x = along(0.5, 1);
  const y = up(0, 1);
  const { before, after, temperature } = calibration;
  return (
    <Panel
      title="Reliability"
      note={
        temperature === null
          ? "No validation pairs, so the scores stay as they are."
          : `Temperature ${decimal(temperature)} from ${count(calibration.fitted_on)} validation pairs: discs with it, squares without.`
      }
    >
      <svg
        className={classes.chart}
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        aria-label={`Share right by how sure; error ${decimal(before.ece ?? 0, 3)} before and ${decimal(after.ece ?? 0, 3)} after`}
      >
        <Axis x={middle} y={y} at={[0, 0.5, 1]} marks={[0.5, 0.75, 1].map((value) => [x(value), decimal(value)])} unit="How sure" />
        <line className={classes.even} x1={x(0.5)} y1={y(0.5)} x2={x(1)} y2={y(1)} />
        {before.curve.map((bin) => (
          <rect key={bin.expected} className={classes.before} x={x(bin.expected) - 4} y={y(bin.found.value ?? 0) - 4} width="8" height="8" />
        ))}
        {after.curve.map((bin) => (
          <g key={bin.expected}>
            <line className={classes.span} x1={x(bin.expected)} x2={x(bin.expected)} y1={y(bin.found.low ?? 0)} y2={y(bin.found.high ?? 0)} />
            <circle className={classes.mark} cx={x(bin.expected)} cy={y(bin.found.value ?? 0)} r="4.5" />
          </g>
        ))}
      </svg>
    </Panel>
  );
}

/** By how much the better reply scores higher; below nought the model is wrong. */
export function Margins({ margins }: { margins: PairsMeasured["margins"] }) {
  const { counts, edges } = margins;
  const first = edges[0] ?? -1;
  const last = edges.at(-1) ?? 1;
  const most = Math.max(...counts, 1);
  const x = along(first, last);
  const y = up(0, most);
  return (
    <Panel title="Margins" note="By how much the better reply scores higher; below 0 the model is wrong.">
      <svg className={classes.chart} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={`Margins, median ${decimal(margins.median ?? 0)}`}>
        <Axis x={middle} y={y} at={[0, most]} marks={[[x(first), decimal(first)], [x(0), "0"], [x(last), decimal(last)]]} unit="Margin" />
        {counts.map((pairs, place) => {
          const left = edges[place] ?? first;
          const right = edges[place + 1] ?? last;
          return (
            <rect
              key={left}
              className={left >= -1e-12 ? classes.right : classes.wrong}
              x={x(left) + 1}
              width={Math.max(1, x(right) - x(left) - 2)}
              y={y(pairs)}
              height={height - frame.bottom - y(pairs)}
            />
          );
        })}
      </svg>
    </Panel>
  );
}
