import { type Corner, type PolygonShape, type PolylineShape } from "../../records";
import { cornerAt, fewestCorners } from "../../shapes/outline";
import { CLICK_SLACK, newMark, placeOn, type PointerInput, type Surface, type ToolContext, type ToolState } from "../tool";

/** How near a click must be to a corner to mean it, in screen pixels. */
const NEAR = CLICK_SLACK * 2.5;

/** Setting corners. Nothing is a record before the outline is whole, so that nothing half-made is ever sent. */
export function placing(kind: "polygon" | "polyline", first: readonly Corner[], back: ToolState): ToolState {
  let corners = first;
  let loose: Corner | null = null;
  let surface: Surface | null = null;
  const state: ToolState = {
    id: "placing",
    cursor: "crosshair",
    get preview() {
      if (surface === null) return null;
      return { kind: "polyline", ...placeOn(surface), points: loose === null ? corners : [...corners, loose] } as const;
    },
    pointerMove(input, context) {
      surface = context.surface;
      loose = cornerAt(context.snap(input), context.surface.size);
      return state;
    },
    pointerDown(input, context) {
      surface = context.surface;
      const isWhole = corners.length >= fewestCorners(kind);
      if (isWhole && (isNear(input, corners.at(-1)) || (kind === "polygon" && isNear(input, corners[0])))) {
        return make(kind, corners, context, back);
      }
      if (!isNear(input, corners.at(-1))) corners = [...corners, cornerAt(context.snap(input), context.surface.size)];
      return state;
    },
    finish: (context) => (corners.length >= fewestCorners(kind) ? make(kind, corners, context, back) : state),
    stepBack() {
      corners = corners.slice(0, -1);
      return corners.length === 0 ? back : state;
    },
    cancel: () => back,
  };
  return state;
}

function isNear(input: PointerInput, corner: Corner | undefined): boolean {
  return corner !== undefined && Math.hypot(input.point.x - corner[0], input.point.y - corner[1]) <= NEAR * input.scale;
}

function make(kind: "polygon" | "polyline", points: readonly Corner[], context: ToolContext, back: ToolState): ToolState {
  if (context.clauseKey === null) return back;
  const shape: PolygonShape | PolylineShape = { kind, ...placeOn(context.surface), points };
  const record = newMark(shape, context, context.clauseKey);
  context.store.put(record, { label: kind === "polygon" ? "Draw an outline" : "Draw a line" });
  context.select(record.id);
  context.finish();
  return back;
}
