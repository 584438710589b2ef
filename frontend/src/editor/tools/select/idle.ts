import { type ToolState } from "../tool";
import { pointing } from "./pointing";
import { resizing } from "./resizing";

export const idle: ToolState = {
  id: "idle",
  cursor: "default",
  pointerDown(input, context) {
    if (input.target.on === "handle") return resizing(input.target.id, input.target.handle, context, idle);
    if (input.target.on === "shape") {
      context.select(input.target.id);
      return pointing(input, input.target.id, idle);
    }
    context.select(null);
    return idle;
  },
};
