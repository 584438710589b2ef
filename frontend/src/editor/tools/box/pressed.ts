import { hasDragged, type PointerInput, type ToolState } from "../tool";
import { drawing } from "./drawing";
import { idle } from "./idle";

/** Pressed, not yet moved far: a click draws nothing, and chooses what lies there. */
export function pressed(from: PointerInput): ToolState {
  const state: ToolState = {
    id: "pressed",
    cursor: "crosshair",
    pointerMove: (input, context) =>
      hasDragged(from.point, input) ? (drawing(from.point).pointerMove?.(input, context) ?? state) : state,
    pointerUp: (_, context) => {
      context.select(from.target.on === "canvas" ? null : from.target.id);
      return idle;
    },
    cancel: () => idle,
  };
  return state;
}
