import { Tool } from "../tool";
import { idle } from "./idle";

/** Moves the picture under the window. */
export function handTool(): Tool {
  return new Tool("hand", idle);
}
