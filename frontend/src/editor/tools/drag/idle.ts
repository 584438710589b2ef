import { pressedOnSelected } from "../select/pressedOnSelected";
import { type ToolState } from "../tool";
import { type Making } from "./making";
import { pressed } from "./pressed";

/** Ready to draw. The selected shape can be moved and reshaped without changing the tool. */
export function idle(making: Making): ToolState {
  const state: ToolState = {
    id: "idle",
    cursor: "crosshair",
    pointerDown: (input, context) =>
      pressedOnSelected(input, context, state) ??
      (context.clauseKey === null ? state : pressed(input, context.snap(input), making, state)),
  };
  return state;
}
