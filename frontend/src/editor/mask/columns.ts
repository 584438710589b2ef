import { type Point, type Rectangle, type Size } from "../geometry";

/**
 * A mask as what is painted in each column: ascending, separate stretches `start, end, start, end, …` of
 * pixels, end not included. Columns without paint are absent. Brushes only touch the columns they cross.
 */
export type Columns = ReadonlyMap<number, readonly number[]>;

export const nothing: Columns = new Map();

export function united(a: Columns, b: Columns): Columns {
  const result = new Map(a);
  for (const [x, stretches] of b) {
    const before = result.get(x);
    result.set(x, before === undefined ? stretches : merged(before, stretches));
  }
  return result;
}

export function without(a: Columns, b: Columns): Columns {
  const result = new Map(a);
  for (const [x, stretches] of b) {
    const before = result.get(x);
    if (before === undefined) continue;
    const left = subtracted(before, stretches);
    if (left.length === 0) result.delete(x);
    else result.set(x, left);
  }
  return result;
}

export function isPainted(columns: Columns, { x, y }: Point): boolean {
  const stretches = columns.get(Math.floor(x));
  if (stretches === undefined) return false;
  const row = Math.floor(y);
  for (let at = 0; at + 1 < stretches.length; at += 2) {
    if (row < (stretches[at] ?? 0)) return false;
    if (row < (stretches[at + 1] ?? 0)) return true;
  }
  return false;
}

/** How many pixels are painted. */
export function areaOf(columns: Columns): number {
  let area = 0;
  for (const stretches of columns.values()) {
    for (let at = 0; at + 1 < stretches.length; at += 2) area += (stretches[at + 1] ?? 0) - (stretches[at] ?? 0);
  }
  return area;
}

/** The smallest rectangle of whole pixels around the paint; without paint it has no size. */
export function boundsOfColumns(columns: Columns): Rectangle {
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const [x, stretches] of columns) {
    left = Math.min(left, x);
    right = Math.max(right, x + 1);
    top = Math.min(top, stretches[0] ?? Infinity);
    bottom = Math.max(bottom, stretches.at(-1) ?? -Infinity);
  }
  return left > right ? { x: 0, y: 0, width: 0, height: 0 } : { x: left, y: top, width: right - left, height: bottom - top };
}

/** Moved by whole pixels, as far as the picture reaches. */
export function movedColumns(columns: Columns, by: Point, within: Size): Columns {
  const bounds = boundsOfColumns(columns);
  const dx = Math.min(Math.max(Math.round(by.x), -bounds.x), within.width - bounds.x - bounds.width);
  const dy = Math.min(Math.max(Math.round(by.y), -bounds.y), within.height - bounds.y - bounds.height);
  const result = new Map<number, readonly number[]>();
  for (const [x, stretches] of columns) result.set(x + dx, stretches.map((y) => y + dy));
  return result;
}

/** What a round brush covers on its way through the points: every pixel whose middle it passes over. */
export function strokeOf(points: readonly Point[], radius: number, within: Size): Columns {
  let result: Columns = nothing;
  points.forEach((point, index) => {
    const from = index === 0 ? point : (points[index - 1] ?? point);
    if (index > 0 || points.length === 1) result = united(result, capsule(from, point, radius, within));
  });
  return result;
}

function capsule(from: Point, to: Point, radius: number, within: Size): Columns {
  const result = new Map<number, readonly number[]>();
  const first = Math.max(Math.floor(Math.min(from.x, to.x) - radius), 0);
  const last = Math.min(Math.ceil(Math.max(from.x, to.x) + radius), within.width - 1);
  for (let x = first; x <= last; x += 1) {
    const span = spanAt(x + 0.5, from, to, radius);
    if (span === null) continue;
    const start = Math.max(Math.ceil(span.low - 0.5), 0);
    const end = Math.min(Math.floor(span.high - 0.5) + 1, within.height);
    if (end > start) result.set(x, [start, end]);
  }
  if (result.size > 0) return result;
  // A brush thinner than a pixel still paints the pixel it stands on.
  const column = Math.floor(to.x);
  const row = Math.floor(to.y);
  if (column < 0 || row < 0 || column >= within.width || row >= within.height) return nothing;
  return new Map([[column, [row, row + 1]]]);
}

/** Where a vertical line cuts a stroke's outline: two round ends and the band between them. */
function spanAt(x: number, from: Point, to: Point, radius: number): { low: number; high: number } | null {
  let low = Infinity;
  let high = -Infinity;
  for (const end of [from, to]) {
    const away = Math.abs(x - end.x);
    if (away > radius) continue;
    const half = Math.sqrt(radius * radius - away * away);
    low = Math.min(low, end.y - half);
    high = Math.max(high, end.y + half);
  }
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  if (length > 0 && to.x !== from.x) {
    const normal = { x: (-(to.y - from.y) / length) * radius, y: ((to.x - from.x) / length) * radius };
    for (const side of [1, -1]) {
      const share = (x - (from.x + side * normal.x)) / (to.x - from.x);
      if (share < 0 || share > 1) continue;
      const y = from.y + side * normal.y + share * (to.y - from.y);
      low = Math.min(low, y);
      high = Math.max(high, y);
    }
  }
  return low > high ? null : { low, high };
}

export function toRuns(columns: Columns, { width, height }: Size): number[] {
  const runs: number[] = [];
  let at = 0;
  let end = 0;
  const push = (start: number, stop: number): void => {
    if (start === end && runs.length > 0) {
      runs[runs.length - 1] = (runs[runs.length - 1] ?? 0) + stop - start;
    } else {
      runs.push(start - at, stop - start);
    }
    at = stop;
    end = stop;
  };
  for (const x of [...columns.keys()].sort((a, b) => a - b)) {
    const stretches = columns.get(x) ?? [];
    for (let index = 0; index + 1 < stretches.length; index += 2) {
      push(x * height + (stretches[index] ?? 0), x * height + (stretches[index + 1] ?? 0));
    }
  }
  const total = width * height;
  if (at < total || runs.length === 0) runs.push(total - at);
  return runs;
}

/** Throws when the runs do not fill the picture exactly. */
export function fromRuns(runs: readonly number[], { width, height }: Size): Columns {
  const result = new Map<number, number[]>();
  let at = 0;
  runs.forEach((run, index) => {
    const end = at + run;
    if (index % 2 === 1) {
      for (let start = at; start < end; ) {
        const x = Math.floor(start / height);
        const stop = Math.min(end, (x + 1) * height);
        const column = result.get(x) ?? [];
        column.push(start - x * height, stop - x * height);
        result.set(x, column);
        start = stop;
      }
    }
    at = end;
  });
  if (at !== width * height) throw new RangeError("The run lengths do not fill the picture.");
  return result;
}

function merged(a: readonly number[], b: readonly number[]): number[] {
  const result: number[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    const takeA = j >= b.length || (i < a.length && (a[i] ?? 0) <= (b[j] ?? 0));
    const [start, end] = takeA ? [a[i] ?? 0, a[i + 1] ?? 0] : [b[j] ?? 0, b[j + 1] ?? 0];
    if (takeA) i += 2;
    else j += 2;
    const last = result.at(-1);
    if (last !== undefined && start <= last) result[result.length - 1] = Math.max(last, end);
    else result.push(start, end);
  }
  return result;
}

function subtracted(a: readonly number[], b: readonly number[]): number[] {
  const result: number[] = [];
  for (let i = 0; i + 1 < a.length; i += 2) {
    let start = a[i] ?? 0;
    const end = a[i + 1] ?? 0;
    for (let j = 0; j + 1 < b.length && start < end; j += 2) {
      const [from, to] = [b[j] ?? 0, b[j + 1] ?? 0];
      if (to <= start) continue;
      if (from >= end) break;
      if (from > start) result.push(start, from);
      start = Math.max(start, to);
    }
    if (start < end) result.push(start, end);
  }
  return result;
}
