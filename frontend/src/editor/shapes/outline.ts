import {
  boundsOf,
  distanceToSegment,
  insidePoint,
  isInsideOutline,
  limited,
  type Point,
  roundedPoint,
  type Size,
} from "../geometry";
import { type Corner, type PolygonShape, type PolylineShape } from "../records";
import { cornerOf, type Grip, middleOf, type ShapeKind } from "./kind";

type Outline = PolygonShape | PolylineShape;

export function pointOf([x, y]: Corner): Point {
  return { x, y };
}

export function cornerAt(point: Point, within: Size): Corner {
  const { x, y } = roundedPoint(insidePoint(point, within));
  return [x, y];
}

/** The fewest corners that make one. */
export function fewestCorners(kind: Outline["kind"]): number {
  return kind === "polygon" ? 3 : 2;
}

/** Without one corner; null when too few would be left. */
export function withoutCorner<S extends Outline>(shape: S, index: number): S | null {
  if (shape.points.length <= fewestCorners(shape.kind)) return null;
  return { ...shape, points: shape.points.filter((_, at) => at !== index) };
}

function segmentsOf(shape: Outline): [Point, Point][] {
  const points = shape.points.map(pointOf);
  const pairs = points.slice(1).map((point, index): [Point, Point] => [points[index] ?? point, point]);
  const [first, last] = [points[0], points.at(-1)];
  return shape.kind === "polygon" && first !== undefined && last !== undefined ? [...pairs, [last, first]] : pairs;
}

function outlineKind<S extends Outline>(): ShapeKind<S> {
  return {
    bounds: (shape) => boundsOf(shape.points.map(pointOf)),
    holds: (shape, point, slack) =>
      (shape.kind === "polygon" && isInsideOutline(point, shape.points.map(pointOf))) ||
      segmentsOf(shape).some(([from, to]) => distanceToSegment(point, from, to) <= slack),
    moved(shape, by, within) {
      const bounds = boundsOf(shape.points.map(pointOf));
      const dx = limited(by.x, -bounds.x, within.width - bounds.x - bounds.width);
      const dy = limited(by.y, -bounds.y, within.height - bounds.y - bounds.height);
      return { ...shape, points: shape.points.map(([x, y]) => cornerAt({ x: x + dx, y: y + dy }, within)) };
    },
    grips: (shape) => [
      ...segmentsOf(shape).map(([from, to], index) => ({
        grip: `middle:${index}` as Grip,
        at: { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 },
      })),
      ...shape.points.map((corner, index) => ({ grip: `corner:${index}` as Grip, at: pointOf(corner) })),
    ],
    reshaped(shape, grip, to, within) {
      const corner = cornerOf(grip);
      if (corner !== null) return { ...shape, points: shape.points.with(corner, cornerAt(to, within)) };
      const middle = middleOf(grip);
      if (middle === null) return null;
      return { ...shape, points: shape.points.toSpliced(middle + 1, 0, cornerAt(to, within)) };
    },
    anchors: (shape) => shape.points.map(pointOf),
  };
}

export const polygonKind = outlineKind<PolygonShape>();
export const polylineKind = outlineKind<PolylineShape>();
