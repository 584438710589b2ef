import { type Point } from "../../geometry";
import { columnsOf, maskFields, remembered } from "../../mask";
import { type Columns, nothing, strokeOf, united, without } from "../../mask/columns";
import { type EvidenceRecord, type MaskShape } from "../../records";
import { placedOn } from "../place";
import { newMark, placeOn, type PointerInput, type ToolContext, type ToolState } from "../tool";

export type Paint = "brush" | "eraser";

interface Canvas {
  readonly record: EvidenceRecord;
  readonly mask: MaskShape;
}

/** One stroke: one step, however far the hand goes. What is erased to nothing is gone. */
export function painting(paint: Paint, first: PointerInput, start: ToolContext, back: ToolState): ToolState {
  const canvas = canvasFor(paint, first, start);
  const label = paint === "brush" ? "Paint" : "Erase";
  let columns: Columns = canvas === null ? nothing : columnsOf(canvas.mask);
  let last: Point = first.point;
  start.store.begin(label);
  const stroke = (input: PointerInput, { store, surface, brushRadius }: ToolContext): void => {
    if (canvas === null) return;
    const touched = strokeOf([last, input.point], brushRadius, surface.size);
    last = input.point;
    columns = paint === "brush" ? united(columns, touched) : without(columns, touched);
    const mask = remembered({ ...canvas.mask, ...maskFields(columns, surface.size) }, columns);
    store.put({ ...canvas.record, data: mask }, { label });
  };
  const state: ToolState = {
    id: "painting",
    cursor: "none",
    pointerMove(input, context) {
      stroke(input, context);
      return state;
    },
    pointerUp(input, context) {
      stroke(input, context);
      const { store } = context;
      if (canvas !== null && columns.size === 0) store.remove([canvas.record.id], { label });
      store.end();
      if (canvas !== null) context.select(columns.size === 0 ? null : canvas.record.id);
      return back;
    },
    cancel(context) {
      context.store.cancel();
      return back;
    },
  };
  stroke(first, start);
  return state;
}

/** The area a stroke works on; an eraser over nothing has none. */
function canvasFor(paint: Paint, input: PointerInput, context: ToolContext): Canvas | null {
  const { surface, selected, clauseKey } = context;
  const chosen = maskAt(selected, context);
  if (chosen !== null && (paint === "eraser" || chosen.record.clauseKey === clauseKey)) return chosen;
  if (paint === "eraser") return input.target.on === "shape" ? maskAt(input.target.id, context) : null;
  if (clauseKey === null) return null;
  const empty: MaskShape = { kind: "mask", ...placeOn(surface), ...maskFields(nothing, surface.size) };
  return { record: newMark(empty, context, clauseKey), mask: empty };
}

function maskAt(id: string | null, { store, surface }: ToolContext): Canvas | null {
  if (id === null || !id.startsWith("evidence:")) return null;
  const placed = placedOn(store.snapshot(), id as EvidenceRecord["id"], surface);
  return placed?.shape.kind === "mask" ? { record: placed.record, mask: placed.shape } : null;
}
