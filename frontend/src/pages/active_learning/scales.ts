/** Carries a number from one range to another; the middle of the second when the first is a point. */
export function linear(from: readonly [number, number], to: readonly [number, number]): (value: number) => number {
  const [low, high] = from;
  const [start, end] = to;
  if (low === high) return () => (start + end) / 2;
  return (value) => start + ((value - low) / (high - low)) * (end - start);
}

/** `parts + 1` evenly spaced numbers from `low` to `high`. */
export function ticks(low: number, high: number, parts: number): number[] {
  return Array.from({ length: parts + 1 }, (_, at) => low + ((high - low) * at) / parts);
}
