import { type Point } from "../../geometry";
import { type ToolState } from "../tool";
import { idle } from "./idle";

/** What was under the pointer when it went down stays under it. */
export function panning(held: Point): ToolState {
  const state: ToolState = {
    id: "panning",
    cursor: "grabbing",
    pointerMove(input, context) {
      context.pan({ x: input.point.x - held.x, y: input.point.y - held.y });
      return state;
    },
    pointerUp: () => idle,
    cancel: () => idle,
  };
  return state;
}
