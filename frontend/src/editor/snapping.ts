import { type Point, type Size } from "./geometry";
import { type EvidenceRecord, type RecordId } from "./records";
import { anchorsOf } from "./shapes";
import { type Placed } from "./tools/place";

/** How near something must be to be snapped to, in screen pixels. */
export const SNAP_REACH = 8;

/**
 * Where a point comes to lie: on a corner of another shape within reach; else each axis for itself on the
 * nearest corner's line or the picture's edge; else on the boundary between two pixels when those are wide
 * enough on the screen to be seen.
 */
export function snapped(
  point: Point,
  scale: number,
  picture: Size,
  shapes: readonly Placed[],
  except: RecordId | null = null,
): Point {
  const reach = SNAP_REACH * scale;
  const anchors = shapes.filter(({ record }) => isOther(record, except)).flatMap(({ shape }) => anchorsOf(shape));
  const near = nearest(anchors, (anchor) => Math.hypot(anchor.x - point.x, anchor.y - point.y), reach);
  if (near !== null) return near;
  return {
    x: alongAxis(point.x, [0, picture.width, ...anchors.map((anchor) => anchor.x)], reach, scale),
    y: alongAxis(point.y, [0, picture.height, ...anchors.map((anchor) => anchor.y)], reach, scale),
  };
}

function isOther(record: EvidenceRecord, except: RecordId | null): boolean {
  return record.id !== except;
}

function alongAxis(value: number, lines: readonly number[], reach: number, scale: number): number {
  const line = nearest(lines, (candidate) => Math.abs(candidate - value), reach);
  if (line !== null) return line;
  return Math.abs(Math.round(value) - value) <= reach && scale < 0.5 ? Math.round(value) : value;
}

function nearest<T>(candidates: readonly T[], distance: (candidate: T) => number, reach: number): T | null {
  let best: T | null = null;
  let least = reach;
  for (const candidate of candidates) {
    const away = distance(candidate);
    if (away <= least) [best, least] = [candidate, away];
  }
  return best;
}
