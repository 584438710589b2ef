import { pointing } from "../select/pointing";
import { resizing } from "../select/resizing";
import { type ToolState } from "../tool";
import { pressed } from "./pressed";

/** Ready to draw. The selected box can be moved and resized without changing the tool. */
export const idle: ToolState = {
  id: "idle",
  cursor: "crosshair",
  pointerDown(input, context) {
    const { target } = input;
    if (target.on === "handle") return resizing(target.id, target.handle, context, idle);
    if (target.on === "shape" && target.id === context.selected) return pointing(input, target.id, idle);
    return context.clauseKey === null ? idle : pressed(input);
  },
};
