import type { Point } from "@/editor/geometry";
import { boundsOfShape, holdsPoint } from "@/editor/shapes";
import type { ViewState } from "@/editor/view";
import type { Suggestible } from "../canvas/painting/scene";
import { suggestedTagAt } from "../canvas/painting/suggested";
import type { ToolName } from "../drawing";

/** Screen pixels: how near a press must be to a line. */
const REACH = 5;

/** With these a click makes nothing, so that it can choose what is suggested there. */
export const clickable: ReadonlySet<ToolName> = new Set<ToolName>(["select", "box", "turned", "ellipse"]);

/** The suggested mark whose tag lies under a point of the window: it is a button whatever is being drawn. */
export function taggedAt(at: Point, shapes: readonly Suggestible[], view: ViewState): Suggestible | null {
  const isOn = (one: Suggestible): boolean => {
    const tag = suggestedTagAt(one, view);
    return at.x >= tag.x && at.y >= tag.y && at.x <= tag.x + tag.width && at.y <= tag.y + tag.height;
  };
  return shapes.findLast(isOn) ?? null;
}

/**
 * The suggested mark that a click at a point of the picture chooses, the smallest first; clicking there again goes on
 * to the next larger one. `scale` is asset pixels per screen pixel.
 */
export function suggestedAt(point: Point, scale: number, shapes: readonly Suggestible[], tool: ToolName): Suggestible | null {
  if (!clickable.has(tool)) return null;
  const here = shapes.filter(({ shape }) => holdsPoint(shape, point, REACH * scale)).sort((a, b) => areaOf(a) - areaOf(b));
  const at = here.findIndex(({ isCurrent }) => isCurrent);
  return here[(at + 1) % Math.max(here.length, 1)] ?? null;
}

function areaOf({ shape }: Suggestible): number {
  const { width, height } = boundsOfShape(shape);
  return width * height;
}
