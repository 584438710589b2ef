import { Tool } from "../tool";
import { idle } from "./idle";

/** A box that stands at an angle: drag along one side, then move to give it its depth, and click. */
export function turnedBoxTool(): Tool {
  return new Tool("turned", idle);
}
