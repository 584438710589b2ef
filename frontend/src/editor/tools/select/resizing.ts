import { type Handle, isBigEnough, resized, rounded } from "../../geometry";
import { type RecordId } from "../../records";
import { type ToolContext, type ToolState } from "../tool";

/** Dragging one handle of the selected box; then `back`, the resting state of the tool that began it. */
export function resizing(id: RecordId, handle: Handle, start: ToolContext, back: ToolState): ToolState {
  const original = start.store.snapshot().get(id);
  start.store.begin("Resize the box");
  const state: ToolState = {
    id: "resizing",
    cursor: `${handle}-resize`,
    pointerMove(input, { store, surface }) {
      if (original?.type !== "evidence" || original.data.kind !== "box") return back;
      const box = rounded(resized(original.data, handle, input.point, surface.size));
      if (isBigEnough(box)) store.put({ ...original, data: { ...original.data, ...box } }, { label: "Resize the box" });
      return state;
    },
    pointerUp(input, context) {
      state.pointerMove?.(input, context);
      context.store.end();
      return back;
    },
    cancel(context) {
      context.store.cancel();
      return back;
    },
  };
  return state;
}
