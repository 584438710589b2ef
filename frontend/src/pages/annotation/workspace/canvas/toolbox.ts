import { boxTool } from "@/editor/tools/box";
import { brushTool, eraserTool } from "@/editor/tools/brush";
import { ellipseTool } from "@/editor/tools/ellipse";
import { handTool } from "@/editor/tools/hand";
import { polygonTool, polylineTool } from "@/editor/tools/outline";
import { pointTool } from "@/editor/tools/point";
import { selectTool } from "@/editor/tools/select";
import type { Tool } from "@/editor/tools/tool";
import { turnedBoxTool } from "@/editor/tools/turned";
import type { ToolName } from "../drawing";

/** A fresh set of tools for one picture. */
export function toolbox(): Readonly<Record<ToolName, Tool>> {
  return {
    select: selectTool(),
    hand: handTool(),
    box: boxTool(),
    turned: turnedBoxTool(),
    ellipse: ellipseTool(),
    polygon: polygonTool(),
    polyline: polylineTool(),
    point: pointTool(),
    brush: brushTool(),
    eraser: eraserTool(),
  };
}
