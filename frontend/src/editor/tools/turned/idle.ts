import { pressedOnSelected } from "../select/pressedOnSelected";
import { type ToolState } from "../tool";
import { side } from "./side";

export const idle: ToolState = {
  id: "idle",
  cursor: "crosshair",
  pointerDown: (input, context) =>
    pressedOnSelected(input, context, idle) ?? (context.clauseKey === null ? idle : side(input, context.snap(input))),
};
