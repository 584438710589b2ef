import type { Point } from "@/editor/geometry";
import type { Shape } from "@/editor/records";
import { cornersOf } from "@/editor/shapes/box";
import { pointOf } from "@/editor/shapes/outline";
import type { ViewState } from "@/editor/view";

/** How large a point is drawn, in screen pixels. */
export const DOT = 5;

export function onScreen({ x, y }: Point, view: ViewState): Point {
  return { x: x * view.scale + view.x, y: y * view.scale + view.y };
}

/** Add a shape's line to the path, in screen pixels. Masks have none: they are pixels. */
export function trace(pen: CanvasRenderingContext2D, shape: Shape, view: ViewState): void {
  if (shape.kind === "box" && (shape.rotation ?? 0) === 0) {
    const at = onScreen(shape, view);
    pen.rect(at.x, at.y, shape.width * view.scale, shape.height * view.scale);
  } else if (shape.kind === "box") {
    traceCorners(pen, cornersOf(shape), view, true);
  } else if (shape.kind === "ellipse") {
    const at = onScreen(shape, view);
    const angle = ((shape.rotation ?? 0) * Math.PI) / 180;
    const [radiusX, radiusY] = [shape.radius_x * view.scale, shape.radius_y * view.scale];
    pen.moveTo(at.x + radiusX * Math.cos(angle), at.y + radiusX * Math.sin(angle));
    pen.ellipse(at.x, at.y, radiusX, radiusY, angle, 0, Math.PI * 2);
  } else if (shape.kind === "point") {
    const at = onScreen(shape, view);
    pen.moveTo(at.x + DOT, at.y);
    pen.arc(at.x, at.y, DOT, 0, Math.PI * 2);
  } else if (shape.kind !== "mask") {
    traceCorners(pen, shape.points.map(pointOf), view, shape.kind === "polygon");
  }
}

function traceCorners(pen: CanvasRenderingContext2D, corners: readonly Point[], view: ViewState, isClosed: boolean): void {
  corners.forEach((corner, index) => {
    const at = onScreen(corner, view);
    if (index === 0) pen.moveTo(at.x, at.y);
    else pen.lineTo(at.x, at.y);
  });
  if (isClosed) pen.closePath();
}
