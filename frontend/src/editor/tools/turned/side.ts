import { insidePoint, type Point } from "../../geometry";
import { hasDragged, placeOn, type PointerInput, type ToolState } from "../tool";
import { type Shape } from "../../records";
import { depth } from "./depth";
import { idle } from "./idle";

/** Dragging along the first side; a click chooses what lies there. */
export function side(pressed: PointerInput, from: Point): ToolState {
  let preview: Shape | null = null;
  const state: ToolState = {
    id: "side",
    cursor: "crosshair",
    get preview() {
      return preview;
    },
    pointerMove(input, context) {
      const [a, b] = [insidePoint(from, context.surface.size), insidePoint(context.snap(input), context.surface.size)];
      preview = { kind: "polyline", ...placeOn(context.surface), points: [[a.x, a.y], [b.x, b.y]] };
      return state;
    },
    pointerUp(input, context) {
      if (!hasDragged(pressed.point, input)) {
        context.select(pressed.target.on === "canvas" ? null : pressed.target.id);
        return idle;
      }
      const within = context.surface.size;
      return depth(insidePoint(from, within), insidePoint(context.snap(input), within));
    },
    cancel: () => idle,
  };
  return state;
}
