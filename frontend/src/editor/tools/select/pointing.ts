import { type EvidenceRecord } from "../../records";
import { hasDragged, type PointerInput, type ToolState } from "../tool";
import { moving } from "./moving";

/** Pressed on a chosen shape: a click leaves it alone selected, a drag moves all that are chosen; then `back`. */
export function pointing(from: PointerInput, id: EvidenceRecord["id"], back: ToolState): ToolState {
  const state: ToolState = {
    id: "pointing",
    cursor: "move",
    pointerMove: (input, context) =>
      hasDragged(from.point, input) ? (moving(from.point, context.chosen.has(id) ? context.chosen : new Set([id]), context, back).pointerMove?.(input, context) ?? state) : state,
    pointerUp: (_, context) => {
      if (context.chosen.size > 1) context.select(id);
      return back;
    },
    cancel: () => back,
  };
  return state;
}
