import { type Chosen, movedTogether } from "../../choosing";
import { type Point } from "../../geometry";
import { shapeWords } from "../../shapes";
import { type Placed, shapesOn } from "../place";
import { type ToolContext, type ToolState } from "../tool";

/** Moving what is chosen on this picture with the pointer, all by the same way and never out of it; then `back`. */
export function moving(from: Point, chosen: Chosen, start: ToolContext, back: ToolState): ToolState {
  const originals = shapesOn(start.store.snapshot(), start.surface, start.selected).filter(({ record }) => chosen.has(record.id));
  const label = labelOf(originals);
  start.store.begin(label);
  const state: ToolState = {
    id: "moving",
    cursor: "move",
    pointerMove(input, { store, surface }) {
      if (originals.length === 0) return back;
      const by = { x: input.point.x - from.x, y: input.point.y - from.y };
      const records = movedTogether(originals, by, surface);
      store.edit((draft) => records.forEach((record) => draft.set(record.id, record)), { label });
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

function labelOf(originals: readonly Placed[]): string {
  const [first, ...others] = originals;
  if (first === undefined) return "Move the mark";
  return others.length === 0 ? `Move the ${shapeWords[first.shape.kind]}` : `Move ${originals.length} marks`;
}
