/** The outline of a sound: lowest and highest value, −127 … 127, per equal stretch. */
export interface Peaks {
  readonly rate_hz: number;
  readonly samples_per_peak: number;
  readonly low: readonly number[];
  readonly high: readonly number[];
}

/** Check what came over the wire. Throws a sentence when it is not an outline. */
export function readPeaks(value: unknown): Peaks {
  if (typeof value === "object" && value !== null && "low" in value && "high" in value) {
    const { low, high } = value;
    if (areNumbers(low) && areNumbers(high) && low.length === high.length) {
      const rate = "rate_hz" in value && typeof value.rate_hz === "number" ? value.rate_hz : 48_000;
      const samples = "samples_per_peak" in value && typeof value.samples_per_peak === "number" ? value.samples_per_peak : 1;
      return { rate_hz: rate, samples_per_peak: samples, low, high };
    }
  }
  throw new Error("The outline of this sound cannot be read.");
}

function areNumbers(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((one) => typeof one === "number");
}

/** An SVG path around the outline: the highs from left to right, the lows back. Columns are joined so that no peak is lost. */
export function outlinePath(peaks: Peaks, width: number, height: number): string {
  const columns = Math.min(width, peaks.low.length);
  if (columns === 0) return "";
  const top: string[] = [];
  const bottom: string[] = [];
  for (let column = 0; column < columns; column += 1) {
    const from = Math.floor((column * peaks.low.length) / columns);
    const to = Math.max(from + 1, Math.floor(((column + 1) * peaks.low.length) / columns));
    const x = ((column * width) / columns).toFixed(1);
    const y = (value: number): string => ((height / 2) * (1 - value / 127)).toFixed(1);
    top.push(`${x} ${y(Math.max(...peaks.high.slice(from, to), 1))}`);
    bottom.push(`${x} ${y(Math.min(...peaks.low.slice(from, to), -1))}`);
  }
  return `M${top.join("L")}L${bottom.reverse().join("L")}Z`;
}
