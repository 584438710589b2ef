import { cornerAt } from "../../shapes/outline";
import { pressedOnSelected } from "../select/pressedOnSelected";
import { type ToolState } from "../tool";
import { placing } from "./placing";

export function idle(kind: "polygon" | "polyline"): ToolState {
  const state: ToolState = {
    id: "idle",
    cursor: "crosshair",
    pointerDown(input, context) {
      const held = pressedOnSelected(input, context, state);
      if (held !== null) return held;
      if (context.clauseKey === null) return state;
      context.select(null);
      return placing(kind, [cornerAt(context.snap(input), context.surface.size)], state);
    },
  };
  return state;
}
