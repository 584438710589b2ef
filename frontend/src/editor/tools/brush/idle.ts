import { type ToolState } from "../tool";
import { painting, type Paint } from "./painting";

export function idle(paint: Paint): ToolState {
  const state: ToolState = {
    id: "idle",
    cursor: "none",
    pointerDown: (input, context) => (context.clauseKey === null ? state : painting(paint, input, context, state)),
  };
  return state;
}
