import { Tool } from "../tool";
import { idle } from "./idle";

/** Paints the selected area further, or a new one when none is selected. */
export function brushTool(): Tool {
  return new Tool("brush", idle("brush"));
}

/** Takes paint away: from the selected area, else from the one under the pointer. */
export function eraserTool(): Tool {
  return new Tool("eraser", idle("eraser"));
}
