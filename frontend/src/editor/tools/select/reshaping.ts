import { type EvidenceRecord } from "../../records";
import { reshapedBy, shapeWords } from "../../shapes";
import { cornerOf, type Grip, middleOf } from "../../shapes/kind";
import { placedOn, withShape } from "../place";
import { type ToolContext, type ToolState } from "../tool";

/** Dragging one grip of the selected shape; then `back`, the resting state of the tool that began it. */
export function reshaping(id: EvidenceRecord["id"], grip: Grip, start: ToolContext, back: ToolState): ToolState {
  const original = placedOn(start.store.snapshot(), id, start.surface);
  const label = labelOf(grip, original === null ? "mark" : shapeWords[original.shape.kind]);
  start.store.begin(label);
  const state: ToolState = {
    id: "reshaping",
    cursor: cursorOf(grip),
    pointerMove(input, context) {
      if (original === null) return back;
      const { record, shape } = original;
      const to = grip === "turn" ? input.point : context.snap(input, id);
      const changed = reshapedBy(shape, grip, to, context.surface.size, input.shift);
      if (changed !== null) {
        context.store.put({ ...record, data: withShape(record.data, changed, context.surface) }, { label });
      }
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

function labelOf(grip: Grip, word: string): string {
  if (grip === "turn") return `Turn the ${word}`;
  if (cornerOf(grip) !== null) return "Move a corner";
  return middleOf(grip) !== null ? "Add a corner" : `Resize the ${word}`;
}

export function cursorOf(grip: Grip): string {
  if (grip === "turn") return "grab";
  return cornerOf(grip) !== null || middleOf(grip) !== null ? "pointer" : `${grip}-resize`;
}
