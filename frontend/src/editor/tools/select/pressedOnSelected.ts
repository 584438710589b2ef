import { cornerOf } from "../../shapes/kind";
import { withoutCorner } from "../../shapes/outline";
import { placedOn, withShape } from "../place";
import { type PointerInput, type ToolContext, type ToolState } from "../tool";
import { pointing } from "./pointing";
import { reshaping } from "./reshaping";

/**
 * What a press on a chosen shape begins, in any tool: a grip reshapes it, its body moves it. Null when
 * the press was elsewhere. Alt on a corner of an outline takes the corner away.
 */
export function pressedOnSelected(input: PointerInput, context: ToolContext, back: ToolState): ToolState | null {
  const { target } = input;
  if (target.on === "handle") {
    if (input.alt && cornerOf(target.handle) !== null) return dropCorner(input, context, back);
    return reshaping(target.id, target.handle, context, back);
  }
  if (target.on === "shape" && context.chosen.has(target.id)) return pointing(input, target.id, back);
  return null;
}

function dropCorner({ target }: PointerInput, { store, surface }: ToolContext, back: ToolState): ToolState {
  if (target.on !== "handle") return back;
  const placed = placedOn(store.snapshot(), target.id, surface);
  const corner = cornerOf(target.handle);
  if (placed === null || corner === null) return back;
  if (placed.shape.kind !== "polygon" && placed.shape.kind !== "polyline") return back;
  const left = withoutCorner(placed.shape, corner);
  const { record } = placed;
  if (left !== null) store.put({ ...record, data: withShape(record.data, left, surface) }, { label: "Take a corner away" });
  return back;
}
