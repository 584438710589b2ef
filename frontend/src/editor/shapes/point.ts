import { insidePoint, roundedPoint } from "../geometry";
import { type PointShape } from "../records";
import { type ShapeKind } from "./kind";

/** Screen pixels are what a point is seen by, so the slack is doubled: it has no size of its own. */
const REACH = 2;

export const pointKind: ShapeKind<PointShape> = {
  bounds: ({ x, y }) => ({ x, y, width: 0, height: 0 }),
  holds: (shape, point, slack) => Math.hypot(shape.x - point.x, shape.y - point.y) <= slack * REACH,
  moved: (shape, by, within) => ({ ...shape, ...roundedPoint(insidePoint({ x: shape.x + by.x, y: shape.y + by.y }, within)) }),
  grips: () => [],
  reshaped: () => null,
  anchors: ({ x, y }) => [{ x, y }],
};
