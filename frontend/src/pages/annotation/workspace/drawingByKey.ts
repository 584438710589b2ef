import { insidePoint, type Point, roundedPoint, tenth } from "@/editor/geometry";
import type { Shape } from "@/editor/records";
import { movedShape } from "@/editor/shapes";
import type { Workspace } from "./context";
import { kindOfTool, type ToolName } from "./drawing";

/** How large a placed shape is, against the part of the picture that is seen. */
const SHARE = 0.25;

/**
 * Without a pointer: put a shape of the chosen tool in the middle of what is seen of an image; it is then
 * moved, resized and turned by keys.
 */
export function placedInTheMiddle(workspace: Workspace): void {
  const { bundle, activePartId, tool, takes, addEvidence, views } = workspace;
  const part = bundle.post.parts.find((candidate) => candidate.id === activePartId);
  if (part?.kind !== "image" || part.asset === null || !takes(kindOfTool[tool] ?? "")) return;
  const { width, height, sha256 } = part.asset;
  if (width === null || height === null) return;
  const view = views.of(part.id);
  const middle = insidePoint(view.toPicture(view.middle), { width, height });
  const side = Math.max(SHARE * Math.min(width, height, (view.middle.y * 2) / view.snapshot().scale), 1);
  const shape = shapeAround(tool, roundedPoint(middle), tenth(side / 2), { part_id: part.id, asset_sha256: sha256 });
  if (shape !== null) addEvidence(movedShape(shape, { x: 0, y: 0 }, { width, height }));
}

function shapeAround(tool: ToolName, at: Point, half: number, place: Pick<Shape, "part_id" | "asset_sha256">): Shape | null {
  const [left, top, right, bottom] = [tenth(at.x - half), tenth(at.y - half), tenth(at.x + half), tenth(at.y + half)];
  switch (tool) {
    case "box":
    case "turned":
      return { kind: "box", ...place, x: left, y: top, width: 2 * half, height: 2 * half };
    case "ellipse":
      return { kind: "ellipse", ...place, ...at, radius_x: half, radius_y: half };
    case "polygon":
      return { kind: "polygon", ...place, points: [[left, top], [right, top], [right, bottom], [left, bottom]] };
    case "polyline":
      return { kind: "polyline", ...place, points: [[left, at.y], [right, at.y]] };
    case "point":
      return { kind: "point", ...place, ...at };
    default:
      return null;
  }
}
