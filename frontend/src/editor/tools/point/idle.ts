import { insidePoint, roundedPoint } from "../../geometry";
import { pressedOnSelected } from "../select/pressedOnSelected";
import { newMark, placeOn, type ToolState } from "../tool";

/** A press sets a point; on the selected point it moves it. */
export const idle: ToolState = {
  id: "idle",
  cursor: "crosshair",
  pointerDown(input, context) {
    const held = pressedOnSelected(input, context, idle);
    if (held !== null) return held;
    if (context.clauseKey === null) return idle;
    const { surface } = context;
    const at = roundedPoint(insidePoint(context.snap(input), surface.size));
    const record = newMark({ kind: "point", ...placeOn(surface), ...at }, context, context.clauseKey);
    context.store.put(record, { label: "Set a point" });
    context.select(record.id);
    context.finish();
    return idle;
  },
};
