import { Tool } from "../tool";
import { idle } from "./idle";

/** Corner by corner; a click on the first corner, or again on the last, or Enter closes it. */
export function polygonTool(): Tool {
  return new Tool("polygon", idle("polygon"));
}

export function polylineTool(): Tool {
  return new Tool("polyline", idle("polyline"));
}
