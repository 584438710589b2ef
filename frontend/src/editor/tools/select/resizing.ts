import { type Handle, isBigEnough, resized, rounded } from "../../geometry";
import { type RecordId } from "../../records";
import { type ToolContext, type ToolState } from "../tool";
import { idle } from "./idle";

/** Dragging one handle of the selected box. */
export function resizing(id: RecordId, handle: Handle, start: ToolContext): ToolState {
  const original = start.store.snapshot().get(id);
  start.store.begin("Resize the box");
  const state: ToolState = {
    id: "resizing",
    cursor: `${handle}-resize`,
    pointerMove(input, { store, surface }) {
      if (original?.type !== "evidence" || original.data.kind !== "box") return idle;
      const box = rounded(resized(original.data, handle, input.point, surface.size));
      if (isBigEnough(box)) store.put({ ...original, data: { ...original.data, ...box } }, { label: "Resize the box" });
      return state;
    },
    pointerUp(input, context) {
      state.pointerMove?.(input, context);
      context.store.end();
      return idle;
    },
    cancel(context) {
      context.store.cancel();
      return idle;
    },
  };
  return state;
}
