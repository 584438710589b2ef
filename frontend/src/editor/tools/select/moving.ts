import { moved, type Point, rounded } from "../../geometry";
import { type RecordId } from "../../records";
import { type ToolContext, type ToolState } from "../tool";

/** Moving a box with the pointer, never out of the picture; then `back`. */
export function moving(from: Point, id: RecordId, start: ToolContext, back: ToolState): ToolState {
  const original = start.store.snapshot().get(id);
  start.store.begin("Move the box");
  const state: ToolState = {
    id: "moving",
    cursor: "move",
    pointerMove(input, { store, surface }) {
      if (original?.type !== "evidence" || original.data.kind !== "box") return back;
      const by = { x: input.point.x - from.x, y: input.point.y - from.y };
      const box = rounded(moved(original.data, by, surface.size));
      store.put({ ...original, data: { ...original.data, ...box } }, { label: "Move the box" });
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
