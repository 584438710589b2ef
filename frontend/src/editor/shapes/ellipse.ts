import { boundsOf, insidePoint, levelled, type Point, roundedPoint, SMALLEST, tenth, turned } from "../geometry";
import { type EllipseShape } from "../records";
import { type Grip, type ShapeKind, turnTo } from "./kind";

function outward(shape: EllipseShape, local: Point): Point {
  const { x, y } = turned(local, shape.rotation ?? 0);
  return { x: shape.x + x, y: shape.y + y };
}

function inward(shape: EllipseShape, point: Point): Point {
  return turned({ x: point.x - shape.x, y: point.y - shape.y }, -(shape.rotation ?? 0));
}

function quarters({ radius_x, radius_y }: EllipseShape): { grip: Grip; local: Point }[] {
  return [
    { grip: "n", local: { x: 0, y: -radius_y } },
    { grip: "e", local: { x: radius_x, y: 0 } },
    { grip: "s", local: { x: 0, y: radius_y } },
    { grip: "w", local: { x: -radius_x, y: 0 } },
  ];
}

export function ellipseTurnedTo(shape: EllipseShape, degrees: number): EllipseShape {
  return { ...shape, rotation: levelled(degrees) };
}

export const ellipseKind: ShapeKind<EllipseShape> = {
  bounds(shape) {
    const angle = ((shape.rotation ?? 0) * Math.PI) / 180;
    const halfWidth = Math.hypot(shape.radius_x * Math.cos(angle), shape.radius_y * Math.sin(angle));
    const halfHeight = Math.hypot(shape.radius_x * Math.sin(angle), shape.radius_y * Math.cos(angle));
    return boundsOf([
      { x: shape.x - halfWidth, y: shape.y - halfHeight },
      { x: shape.x + halfWidth, y: shape.y + halfHeight },
    ]);
  },
  holds(shape, point, slack) {
    const { x, y } = inward(shape, point);
    return (x / (shape.radius_x + slack)) ** 2 + (y / (shape.radius_y + slack)) ** 2 <= 1;
  },
  moved: (shape, by, within) => ({
    ...shape,
    ...roundedPoint(insidePoint({ x: shape.x + by.x, y: shape.y + by.y }, within)),
  }),
  grips: (shape, reach) => [
    ...quarters(shape).map(({ grip, local }) => ({ grip, at: outward(shape, local) })),
    { grip: "turn", at: outward(shape, { x: 0, y: -shape.radius_y - reach }) },
  ],
  reshaped(shape, grip, to, within, isRegular) {
    if (grip === "turn") return ellipseTurnedTo(shape, turnTo(shape, to, isRegular));
    const local = inward(shape, insidePoint(to, within));
    const isSide = grip === "e" || grip === "w";
    const radius = tenth(Math.abs(isSide ? local.x : local.y));
    if (radius * 2 < SMALLEST) return null;
    if (isRegular) return { ...shape, radius_x: radius, radius_y: radius };
    return isSide ? { ...shape, radius_x: radius } : { ...shape, radius_y: radius };
  },
  anchors: (shape) => [{ x: shape.x, y: shape.y }, ...quarters(shape).map(({ local }) => outward(shape, local))],
};
