import { type RecordId } from "../../records";
import { hasDragged, type PointerInput, type ToolState } from "../tool";
import { idle } from "./idle";
import { moving } from "./moving";

/** Pressed on a shape: a click selects it, a drag moves it. */
export function pointing(from: PointerInput, id: RecordId): ToolState {
  const state: ToolState = {
    id: "pointing",
    cursor: "move",
    pointerMove: (input, context) =>
      hasDragged(from.point, input) ? (moving(from.point, id, context).pointerMove?.(input, context) ?? state) : state,
    pointerUp: () => idle,
    cancel: () => idle,
  };
  return state;
}
