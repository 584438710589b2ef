import { type Point, type Rectangle, type Size } from "../geometry";
import { type EvidenceData, type Shape } from "../records";
import { boxKind, boxTurnedTo } from "./box";
import { ellipseKind, ellipseTurnedTo } from "./ellipse";
import { type Grip, type PlacedGrip, type ShapeKind } from "./kind";
import { maskKind } from "./mask";
import { polygonKind, polylineKind } from "./outline";
import { pointKind } from "./point";

const kinds: { readonly [K in Shape["kind"]]: ShapeKind<Extract<Shape, { kind: K }>> } = {
  box: boxKind,
  ellipse: ellipseKind,
  polygon: polygonKind,
  polyline: polylineKind,
  point: pointKind,
  mask: maskKind,
};

/** What each kind is called in steps and lists. */
export const shapeWords: Readonly<Record<Shape["kind"], string>> = {
  box: "box",
  ellipse: "ellipse",
  polygon: "outline",
  polyline: "line",
  point: "point",
  mask: "painted area",
};

export function isShape(data: EvidenceData): data is Shape {
  return data.kind in kinds;
}

function kindOf(shape: Shape): ShapeKind<Shape> {
  // Every kind is only ever given shapes of its own.
  return kinds[shape.kind];
}

export const boundsOfShape = (shape: Shape): Rectangle => kindOf(shape).bounds(shape);

export const holdsPoint = (shape: Shape, point: Point, slack: number): boolean => kindOf(shape).holds(shape, point, slack);

export const movedShape = (shape: Shape, by: Point, within: Size): Shape => kindOf(shape).moved(shape, by, within);

export const gripsOf = (shape: Shape, reach: number): readonly PlacedGrip[] => kindOf(shape).grips(shape, reach);

export const anchorsOf = (shape: Shape): readonly Point[] => kindOf(shape).anchors(shape);

export function reshapedBy(shape: Shape, grip: Grip, to: Point, within: Size, isRegular = false): Shape | null {
  return kindOf(shape).reshaped(shape, grip, to, within, isRegular);
}

/** Turned about its middle; kinds that have no angle stay as they are. */
export function turnedShape(shape: Shape, by: number, within: Size): Shape {
  if (shape.kind === "box") return boxTurnedTo(shape, (shape.rotation ?? 0) + by, within);
  if (shape.kind === "ellipse") return ellipseTurnedTo(shape, (shape.rotation ?? 0) + by);
  return shape;
}

/** Wider and higher by so many pixels, where the kind has sides. */
export function grownShape(shape: Shape, by: Point, within: Size): Shape {
  if (shape.kind === "box" && (shape.rotation ?? 0) === 0) {
    const to = { x: shape.x + shape.width + by.x, y: shape.y + shape.height + by.y };
    return reshapedBy(shape, "se", to, within) ?? shape;
  }
  if (shape.kind === "box") return { ...shape, width: Math.max(shape.width + by.x, 1), height: Math.max(shape.height + by.y, 1) };
  if (shape.kind !== "ellipse") return shape;
  return { ...shape, radius_x: Math.max(shape.radius_x + by.x, 1), radius_y: Math.max(shape.radius_y + by.y, 1) };
}
