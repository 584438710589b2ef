import { memo, useMemo } from "react";
import type { Peaks } from "./mediaFiles";
import classes from "./media.module.css";

const COLUMNS = 900;
const HALF = 38;

/** The outline of a sound, from what the server measured: no sound is loaded to draw it. */
export const Waveform = memo(function Waveform({ peaks }: { peaks: Peaks }) {
  const path = useMemo(() => outline(peaks), [peaks]);
  return (
    <svg className={classes.wave} viewBox={`0 0 ${COLUMNS} ${2 * HALF}`} preserveAspectRatio="none" aria-hidden>
      <path d={path} fill="currentColor" opacity={0.55} />
    </svg>
  );
});

function outline({ low, high }: Peaks): string {
  const count = Math.min(low.length, high.length);
  if (count === 0) return "";
  const columns = Math.min(COLUMNS, count);
  const top: string[] = [];
  const bottom: string[] = [];
  for (let column = 0; column < columns; column += 1) {
    const from = Math.floor((column * count) / columns);
    const to = Math.max(Math.floor(((column + 1) * count) / columns), from + 1);
    let least = 0;
    let most = 0;
    for (let index = from; index < to; index += 1) {
      least = Math.min(least, low[index] ?? 0);
      most = Math.max(most, high[index] ?? 0);
    }
    const x = ((column / columns) * COLUMNS).toFixed(1);
    top.push(`${x},${(HALF - (most / 127) * (HALF - 2) - 0.5).toFixed(1)}`);
    bottom.push(`${x},${(HALF - (least / 127) * (HALF - 2) + 0.5).toFixed(1)}`);
  }
  return `M${top.join("L")}L${bottom.reverse().join("L")}Z`;
}
