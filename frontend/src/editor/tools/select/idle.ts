import { type ToolState } from "../tool";
import { toggled } from "../../choosing";
import { banding } from "./banding";
import { pointing } from "./pointing";
import { pressedOnSelected } from "./pressedOnSelected";

export const idle: ToolState = {
  id: "idle",
  cursor: "default",
  pointerDown(input, context) {
    const { target } = input;
    if (input.shift && target.on === "shape") {
      context.choose(toggled(context.chosen, target.id));
      return idle;
    }
    const held = pressedOnSelected(input, context, idle);
    if (held !== null) return held;
    if (target.on === "shape") {
      context.select(target.id);
      return pointing(input, target.id, idle);
    }
    return banding(input, context, idle);
  },
};
