import { type ToolState } from "../tool";
import { pressed } from "./pressed";

export const idle: ToolState = {
  id: "idle",
  cursor: "crosshair",
  pointerDown: (input, context) => (context.clauseKey === null ? idle : pressed(input)),
};
