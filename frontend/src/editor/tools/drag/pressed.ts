import { toggled } from "../../choosing";
import { type Point } from "../../geometry";
import { hasDragged, type PointerInput, type ToolState } from "../tool";
import { drawing } from "./drawing";
import { type Making } from "./making";

/** Pressed, not yet moved far: a click draws nothing, and chooses what lies there. */
export function pressed(from: PointerInput, start: Point, making: Making, back: ToolState): ToolState {
  const state: ToolState = {
    id: "pressed",
    cursor: "crosshair",
    pointerMove: (input, context) =>
      hasDragged(from.point, input) ? (drawing(start, making, back).pointerMove?.(input, context) ?? state) : state,
    pointerUp: (_, context) => {
      const { target, shift } = from;
      if (target.on !== "canvas" && shift) context.choose(toggled(context.chosen, target.id));
      else context.select(target.on === "canvas" ? null : target.id);
      return back;
    },
    cancel: () => back,
  };
  return state;
}
