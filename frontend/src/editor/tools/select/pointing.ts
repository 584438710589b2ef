import { type RecordId } from "../../records";
import { hasDragged, type PointerInput, type ToolState } from "../tool";
import { moving } from "./moving";

/** Pressed on a shape: a click leaves it selected, a drag moves it; then `back`. */
export function pointing(from: PointerInput, id: RecordId, back: ToolState): ToolState {
  const state: ToolState = {
    id: "pointing",
    cursor: "move",
    pointerMove: (input, context) =>
      hasDragged(from.point, input) ? (moving(from.point, id, context, back).pointerMove?.(input, context) ?? state) : state,
    pointerUp: () => back,
    cancel: () => back,
  };
  return state;
}
