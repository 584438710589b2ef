import { insidePoint, type Point } from "../../geometry";
import { type EvidenceRecord } from "../../records";
import { markOf, newMark, type ToolContext, type ToolState } from "../tool";
import { type Making, squared } from "./making";

/** Dragging out a new shape. The whole drag is one step; Escape takes it back. */
export function drawing(from: Point, making: Making, back: ToolState): ToolState {
  let record: EvidenceRecord | null = null;
  let isBigEnough = false;
  const abandon = (context: ToolContext): ToolState => {
    context.store.cancel();
    return back;
  };
  const state: ToolState = {
    id: "drawing",
    cursor: "crosshair",
    pointerMove(input, context) {
      const { surface, store, clauseKey } = context;
      if (clauseKey === null) return abandon(context);
      const start = insidePoint(from, surface.size);
      const end = insidePoint(context.snap(input, record?.id), surface.size);
      const shape = making.make(start, input.shift ? squared(start, end, surface.size) : end, surface, input.shift);
      isBigEnough = shape !== null;
      if (shape === null) return state;
      if (record === null) {
        store.begin(making.label);
        record = newMark(shape, context, clauseKey);
      }
      record = { ...record, data: markOf(shape, surface) };
      store.put(record, { label: making.label });
      return state;
    },
    pointerUp(input, context) {
      state.pointerMove?.(input, context);
      if (record === null || !isBigEnough) return abandon(context);
      context.store.end();
      context.select(record.id);
      context.finish();
      return back;
    },
    cancel: abandon,
  };
  return state;
}
