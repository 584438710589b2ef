import { memo, useMemo } from "react";
import type { SoundOutline } from "@/editor/time/snapping";
import type { TimeView } from "@/editor/time/viewport";
import classes from "./timeline.module.css";

const COLUMNS = 900;
const HALF = 38;

/** The outline of a sound, from what the server measured: no sound is loaded to draw it. */
export const Waveform = memo(function Waveform({ outline, view }: { outline: SoundOutline; view: TimeView }) {
  const path = useMemo(() => drawn(outline, view), [outline, view]);
  return (
    <svg className={classes.wave} viewBox={`0 0 ${COLUMNS} ${2 * HALF}`} preserveAspectRatio="none" aria-hidden>
      <path d={path} fill="currentColor" opacity={0.55} />
    </svg>
  );
});

function drawn({ low, high, peakUs }: SoundOutline, { startUs, endUs }: TimeView): string {
  const count = Math.min(low.length, high.length);
  const [first, last] = [startUs / peakUs, Math.min(endUs / peakUs, count)];
  if (count === 0 || last <= first) return "";
  const right = ((last - first) * peakUs * COLUMNS) / (endUs - startUs);
  const columns = Math.max(Math.min(Math.round(right), Math.ceil(last - first)), 1);
  const top: string[] = [];
  const bottom: string[] = [];
  for (let column = 0; column < columns; column += 1) {
    const from = Math.floor(first + (column * (last - first)) / columns);
    const to = Math.max(Math.floor(first + ((column + 1) * (last - first)) / columns), from + 1);
    let least = 0;
    let most = 0;
    for (let index = from; index < to; index += 1) {
      least = Math.min(least, low[index] ?? 0);
      most = Math.max(most, high[index] ?? 0);
    }
    const x = ((column / columns) * right).toFixed(1);
    top.push(`${x},${(HALF - (most / 127) * (HALF - 2) - 0.5).toFixed(1)}`);
    bottom.push(`${x},${(HALF - (least / 127) * (HALF - 2) + 0.5).toFixed(1)}`);
  }
  return `M${top.join("L")}L${bottom.reverse().join("L")}Z`;
}
