import { SegmentedControl } from "@mantine/core";
import { useState } from "react";
import { EmptyState, Panel } from "@/ui";
import classes from "./LearningCurve.module.css";
import type { Arm, CurvePoint } from "./metrics";
import { linear, ticks } from "./scales";
import { figure } from "./wording";

const width = 640;
const height = 260;
const frame = { left: 44, right: 14, top: 12, bottom: 38 };

const measures = {
  macroF1: { label: "Macro F1", of: (point: CurvePoint) => point.macroF1 },
  averagePrecision: { label: "Average precision", of: (point: CurvePoint) => point.averagePrecision },
} as const;
type Measure = keyof typeof measures;

/** What the strategy would have bought on the posts answered so far, beside random. */
export function LearningCurve({ arms, labelOf }: { arms: readonly Arm[]; labelOf: (strategy: string) => string }) {
  const [measure, setMeasure] = useState<Measure>("macroF1");
  const hasPoints = arms.some((arm) => arm.points.length > 0);
  return (
    <Panel
      title="Learning curve"
      note="The answered posts, taken again in each strategy’s order and measured on held-out ones. Both arms begin with one random draw."
      actions={
        hasPoints ? (
          <SegmentedControl
            size="xs"
            aria-label="What the curve measures"
            value={measure}
            onChange={(value) => setMeasure(value === "averagePrecision" ? "averagePrecision" : "macroF1")}
            data={Object.entries(measures).map(([value, { label }]) => ({ value, label }))}
          />
        ) : undefined
      }
    >
      {hasPoints ? (
        <Curves arms={arms} measure={measure} labelOf={labelOf} />
      ) : (
        <EmptyState framed={false} title="No curve yet">
          It needs decided posts with at least two answers, some of them in the held-out set.
        </EmptyState>
      )}
    </Panel>
  );
}

function Curves({ arms, measure, labelOf }: { arms: readonly Arm[]; measure: Measure; labelOf: (name: string) => string }) {
  const { label, of } = measures[measure];
  const sizes = [...new Set(arms.flatMap((arm) => arm.points.map((point) => point.answers)))].sort((a, b) => a - b);
  return (
    <>
      <ul className={classes.legend} aria-hidden>
        {arms.map((arm) => (
          <li key={arm.strategy}>
            <svg width="34" height="12">
              <line x1="0" x2="34" y1="6" y2="6" className={arm.strategy === "random" ? classes.random : classes.own} />
              <Mark x={17} y={6} isRandom={arm.strategy === "random"} />
            </svg>
            {labelOf(arm.strategy)}
          </li>
        ))}
      </ul>
      <Chart arms={arms} sizes={sizes} of={of} label={label} />
      <details className={classes.fold}>
        <summary>The numbers</summary>
        <table className={classes.table} aria-label={`${label} by number of answers`}>
          <thead>
            <tr>
              <th scope="col">Answers</th>
              {arms.map((arm) => (
                <th key={arm.strategy} scope="col">
                  {labelOf(arm.strategy)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {sizes.map((size) => (
              <tr key={size}>
                <th scope="row">{size}</th>
                {arms.map((arm) => {
                  const point = arm.points.find((one) => one.answers === size);
                  return <td key={arm.strategy}>{figure(point === undefined ? null : of(point), 3)}</td>;
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </>
  );
}

interface ChartProps {
  arms: readonly Arm[];
  sizes: readonly number[];
  of: (point: CurvePoint) => number | null;
  label: string;
}

function Chart({ arms, sizes, of, label }: ChartProps) {
  const x = linear([sizes[0] ?? 0, sizes.at(-1) ?? 1], [frame.left, width - frame.right]);
  const y = linear([0, 1], [height - frame.bottom, frame.top]);
  return (
    <svg className={classes.chart} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={`${label} against the number of answers`}>
      {ticks(0, 1, 4).map((value) => (
        <g key={value}>
          <line className={classes.grid} x1={frame.left} x2={width - frame.right} y1={y(value)} y2={y(value)} />
          <text className={classes.axis} x={frame.left - 8} y={y(value) + 4} textAnchor="end">
            {value}
          </text>
        </g>
      ))}
      {sizes.map((size) => (
        <text key={size} className={classes.axis} x={x(size)} y={height - frame.bottom + 18} textAnchor="middle">
          {size}
        </text>
      ))}
      <text className={classes.axis} x={(frame.left + width - frame.right) / 2} y={height - 2} textAnchor="middle">
        Answers
      </text>
      {[...arms].reverse().map((arm) => {
        const points = arm.points.flatMap((point) => {
          const value = of(point);
          return value === null ? [] : [{ x: x(point.answers), y: y(value), answers: point.answers }];
        });
        const isRandom = arm.strategy === "random";
        return (
          <g key={arm.strategy}>
            <polyline
              className={isRandom ? classes.random : classes.own}
              points={points.map((point) => `${point.x},${point.y}`).join(" ")}
            />
            {points.map((point) => (
              <Mark key={point.answers} x={point.x} y={point.y} isRandom={isRandom} />
            ))}
          </g>
        );
      })}
    </svg>
  );
}

/** Arms differ by shape too: discs for the strategy, open squares for random. */
function Mark({ x, y, isRandom }: { x: number; y: number; isRandom: boolean }) {
  if (isRandom) return <rect className={classes.randomMark} x={x - 3.5} y={y - 3.5} width="7" height="7" />;
  return <circle className={classes.ownMark} cx={x} cy={y} r="4.5" />;
}
