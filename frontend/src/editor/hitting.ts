import { type Chosen } from "./choosing";
import { type Point } from "./geometry";
import { type Shape } from "./records";
import { gripsOf, holdsPoint } from "./shapes";
import { type Grip } from "./shapes/kind";
import { type Placed } from "./tools/place";
import { type Target } from "./tools/tool";

/** Screen pixels: how near a press must be to a grip or to a line. */
const GRIP_REACH = 8;
const LINE_REACH = 5;
/** How far the turning knob stands from its shape, in screen pixels. */
export const KNOB_REACH = 26;

/**
 * What lies at a point: a grip of the shape that is chosen alone first, then the body of a chosen one, then
 * whatever is on top. `scale` is asset pixels per screen pixel.
 */
export function targetAt(point: Point, scale: number, shapes: readonly Placed[], chosen: Chosen): Target {
  const mine = shapes.filter(({ record }) => chosen.has(record.id));
  const alone = chosen.size === 1 ? mine[0] : undefined;
  const grip = alone === undefined ? null : gripAt(point, scale, alone.shape);
  if (alone !== undefined && grip !== null) return { on: "handle", id: alone.record.id, handle: grip };
  const isHere = ({ shape }: Placed): boolean => holdsPoint(shape, point, LINE_REACH * scale);
  const top = mine.findLast(isHere) ?? shapes.findLast(isHere);
  return top === undefined ? { on: "canvas" } : { on: "shape", id: top.record.id };
}

function gripAt(point: Point, scale: number, shape: Shape): Grip | null {
  let best: { readonly grip: Grip; readonly away: number } | null = null;
  for (const { grip, at } of gripsOf(shape, KNOB_REACH * scale)) {
    const away = Math.hypot(at.x - point.x, at.y - point.y);
    // Of two grips equally near, the later one: corners stand after the middles between them.
    if (away <= GRIP_REACH * scale && (best === null || away <= best.away)) best = { grip, away };
  }
  return best?.grip ?? null;
}
