import { percent } from "@/ui";
import type { Measured } from "./reading";
import classes from "./People.module.css";

/** A share with its 95 % interval, drawn and in figures; one that is not defined says why. */
export function MeasuredBar({ measured }: { measured: Measured }) {
  const { value, low, high } = measured;
  if (value === null) return <span className={classes.undefined}>{measured.undefined_because}</span>;
  const place = (share: number): string => `${Math.min(Math.max(share, 0), 1) * 100}%`;
  return (
    <span className={classes.measured}>
      <span className={classes.figure}>{whole(value)}</span>
      <span className={classes.scale} aria-hidden>
        {low !== null && high !== null && (
          <span className={classes.interval} style={{ insetInlineStart: place(low), insetInlineEnd: `calc(100% - ${place(high)})` }} />
        )}
        <span className={classes.dot} style={{ insetInlineStart: place(value) }} />
      </span>
      {low !== null && high !== null && (
        <span className={classes.soft}>
          {whole(low)} to {whole(high)}
        </span>
      )}
    </span>
  );
}

/** Never "-0 %". */
function whole(share: number): string {
  return percent(Math.round(share * 100) / 100 + 0, 0);
}
