import { insidePoint, isBigEnough, levelled, type Point, rounded, tenth, turned } from "../../geometry";
import { type BoxShape, type Shape } from "../../records";
import { newMark, placeOn, type PointerInput, type Surface, type ToolContext, type ToolState } from "../tool";
import { idle } from "./idle";

/** The first side stands; the pointer gives the depth, to either hand of it. A press or Enter makes the box. */
export function depth(from: Point, to: Point): ToolState {
  let box: BoxShape | null = null;
  const state: ToolState = {
    id: "depth",
    cursor: "crosshair",
    get preview(): Shape | null {
      return box;
    },
    pointerMove(input, context) {
      box = boxOver(from, to, pointOf(input, context), context.surface);
      return state;
    },
    pointerDown(input, context) {
      box = boxOver(from, to, pointOf(input, context), context.surface);
      return make(box, context) ? idle : state;
    },
    finish: (context) => {
      make(box, context);
      return idle;
    },
    stepBack: () => idle,
    cancel: () => idle,
  };
  return state;
}

function pointOf(input: PointerInput, context: ToolContext): Point {
  return insidePoint(context.snap(input), context.surface.size);
}

function make(box: BoxShape | null, context: ToolContext): boolean {
  if (box === null || context.clauseKey === null) return false;
  const record = newMark(box, context, context.clauseKey);
  context.store.put(record, { label: "Draw a turned box" });
  context.select(record.id);
  context.finish();
  return true;
}

/** The box over one side that reaches as far as a point; null while it has no depth. */
function boxOver(from: Point, to: Point, point: Point, surface: Surface): BoxShape | null {
  const along = (Math.atan2(to.y - from.y, to.x - from.x) * 180) / Math.PI;
  const away = turned({ x: point.x - from.x, y: point.y - from.y }, -along).y;
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  // The first corner is the one from which width and depth both run forwards.
  const first = away >= 0 ? from : to;
  const box = { ...rounded({ ...first, width: length, height: Math.abs(away) }), rotation: levelled(away >= 0 ? along : along + 180) };
  return isBigEnough(box) ? { kind: "box", ...placeOn(surface), ...box, x: tenth(first.x), y: tenth(first.y) } : null;
}
