import drawn from "../Interval.module.css";
import type { Bounded } from "./figures";
import classes from "./Whisker.module.css";

const WIDTH = 120;
const HEIGHT = 20;

/** A dot at what was found, a bar over what it may be, a dashed line at what says nothing; the numbers stand beside it. */
export function Whisker({ value, from, to, none }: { value: Bounded; from: number; to: number; none: number }) {
  const at = (place: number): number => ((Math.min(to, Math.max(from, place)) - from) / (to - from)) * WIDTH;
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} className={classes.drawing} aria-hidden>
      <line x1={at(none)} x2={at(none)} y1={0} y2={HEIGHT} className={drawn.none} />
      <line x1={at(value.low)} x2={at(value.high)} y1={HEIGHT / 2} y2={HEIGHT / 2} className={drawn.bar} />
      <circle cx={at(value.size)} cy={HEIGHT / 2} r={4} className={drawn.dot} />
    </svg>
  );
}
