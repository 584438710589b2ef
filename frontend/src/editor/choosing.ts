/** Several marks chosen at once: what covers them, what a drag over them takes, how they move as one. */

import { moved, type Point, type Rectangle } from "./geometry";
import { type EvidenceRecord, type RecordId } from "./records";
import { boundsOfShape, movedShape } from "./shapes";
import { type Placed, withShape } from "./tools/place";
import { type Surface } from "./tools/tool";

export type Chosen = ReadonlySet<RecordId>;

/** The smallest upright rectangle around all of them; null when there is none. */
export function coverOf(placed: readonly Placed[]): Rectangle | null {
  if (placed.length === 0) return null;
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { shape } of placed) {
    const { x, y, width, height } = boundsOfShape(shape);
    [left, top] = [Math.min(left, x), Math.min(top, y)];
    [right, bottom] = [Math.max(right, x + width), Math.max(bottom, y + height)];
  }
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/** What a drag over the picture takes: everything it touches, but not what it was drawn inside of. */
export function touchedBy(band: Rectangle, placed: readonly Placed[]): RecordId[] {
  return placed.flatMap(({ record, shape }) => {
    const bounds = boundsOfShape(shape);
    return overlaps(band, bounds) && !holds(bounds, band) ? [record.id] : [];
  });
}

/** With one more, or without it when it was there. */
export function toggled(chosen: Chosen, id: RecordId): RecordId[] {
  return chosen.has(id) ? [...chosen].filter((other) => other !== id) : [...chosen, id];
}

/** All moved by the same way, as far as the picture reaches for what covers them; their places to each other stay. */
export function movedTogether(placed: readonly Placed[], by: Point, surface: Surface): EvidenceRecord[] {
  const cover = coverOf(placed);
  if (cover === null) return [];
  const to = placed.length === 1 ? { x: cover.x + by.x, y: cover.y + by.y } : moved(cover, by, surface.size);
  const way = { x: to.x - cover.x, y: to.y - cover.y };
  return placed.map(({ record, shape }) => ({ ...record, data: withShape(record.data, movedShape(shape, way, surface.size), surface) }));
}

function overlaps(a: Rectangle, b: Rectangle): boolean {
  return a.x <= b.x + b.width && b.x <= a.x + a.width && a.y <= b.y + b.height && b.y <= a.y + a.height;
}

function holds(outer: Rectangle, inner: Rectangle): boolean {
  return (
    outer.x <= inner.x &&
    outer.y <= inner.y &&
    outer.x + outer.width >= inner.x + inner.width &&
    outer.y + outer.height >= inner.y + inner.height
  );
}
