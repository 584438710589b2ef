/** The nearest of `places` when it is no farther than `withinUs`, else the time itself. */
export function snapped(us: number, places: readonly number[], withinUs: number): number {
  let nearest = us;
  let distance = withinUs;
  for (const place of places) {
    if (Math.abs(place - us) <= distance) {
      nearest = place;
      distance = Math.abs(place - us);
    }
  }
  return nearest;
}

/** What a sound looks like: its lowest and highest value (−127 … 127) in each stretch of `peakUs`. */
export interface SoundOutline {
  readonly low: readonly number[];
  readonly high: readonly number[];
  readonly peakUs: number;
}

/** Quieter than this, of 127, is silence… */
const SILENT = 3;
/** …when it lasts as long as a breath. */
const BREATH_US = 180_000;

/** Where sound begins or ends: the edges of every silence. */
export function soundEdges({ low, high, peakUs }: SoundOutline): readonly number[] {
  const edges: number[] = [];
  const count = Math.min(low.length, high.length);
  let since: number | null = null;
  for (let index = 0; index <= count; index += 1) {
    const isSilent = index < count && Math.max(high[index] ?? 0, -(low[index] ?? 0)) <= SILENT;
    if (isSilent && since === null) since = index;
    if (isSilent || since === null) continue;
    if ((index - since) * peakUs >= BREATH_US) {
      if (since > 0) edges.push(Math.round(since * peakUs));
      if (index < count) edges.push(Math.round(index * peakUs));
    }
    since = null;
  }
  return edges;
}
