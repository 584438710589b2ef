import {
  boundsOf,
  contains,
  handlePoint,
  handles,
  insidePoint,
  isBigEnough,
  levelled,
  moved,
  type Point,
  resized,
  rounded,
  roundedPoint,
  type Size,
  turned,
} from "../geometry";
import { type BoxShape } from "../records";
import { type Grip, type ShapeKind, turnTo } from "./kind";

/** From the box's own axes, with the origin in its first corner, to the picture. */
function outward(box: BoxShape, local: Point): Point {
  const { x, y } = turned(local, box.rotation ?? 0);
  return { x: box.x + x, y: box.y + y };
}

function inward(box: BoxShape, point: Point): Point {
  return turned({ x: point.x - box.x, y: point.y - box.y }, -(box.rotation ?? 0));
}

/** The four corners, from the first one on clockwise. */
export function cornersOf(box: BoxShape): Point[] {
  const { width, height } = box;
  return [
    { x: 0, y: 0 },
    { x: width, y: 0 },
    { x: width, y: height },
    { x: 0, y: height },
  ].map((corner) => outward(box, corner));
}

export function middleOfBox(box: BoxShape): Point {
  return outward(box, { x: box.width / 2, y: box.height / 2 });
}

/** The same box about its middle, turned to an angle. A box that stands straight is kept inside the picture. */
export function boxTurnedTo(box: BoxShape, degrees: number, within: Size): BoxShape {
  const middle = middleOfBox(box);
  const rotation = levelled(degrees);
  const half = turned({ x: box.width / 2, y: box.height / 2 }, rotation);
  const next = { ...box, ...roundedPoint({ x: middle.x - half.x, y: middle.y - half.y }), rotation };
  if (rotation !== 0) return next;
  const size = { width: Math.min(box.width, within.width), height: Math.min(box.height, within.height) };
  return { ...next, ...rounded(moved({ ...next, ...size }, { x: 0, y: 0 }, within)) };
}

function isTurned(box: BoxShape): boolean {
  return (box.rotation ?? 0) !== 0;
}

function grips(box: BoxShape, reach: number): { grip: Grip; at: Point }[] {
  const local = { x: 0, y: 0, width: box.width, height: box.height };
  const sides = handles.map((grip) => ({ grip, at: outward(box, handlePoint(local, grip)) }));
  return [...sides, { grip: "turn", at: outward(box, { x: box.width / 2, y: -reach }) }];
}

function reshaped(box: BoxShape, grip: Grip, to: Point, within: Size, isRegular: boolean): BoxShape | null {
  if (grip === "turn") return boxTurnedTo(box, turnTo(middleOfBox(box), to, isRegular), within);
  const handle = handles.find((candidate) => candidate === grip);
  if (handle === undefined) return null;
  if (!isTurned(box)) {
    const next = rounded(resized(box, handle, to, within));
    return isBigEnough(next) ? { ...box, ...next } : null;
  }
  const everywhere = { width: Infinity, height: Infinity };
  const origin = { x: 1e5, y: 1e5 };
  const point = inward(box, insidePoint(to, within));
  const shifted = { x: point.x + origin.x, y: point.y + origin.y };
  const local = resized({ ...origin, width: box.width, height: box.height }, handle, shifted, everywhere);
  const first = roundedPoint(outward(box, { x: local.x - origin.x, y: local.y - origin.y }));
  const next = rounded({ ...first, width: local.width, height: local.height });
  return isBigEnough(next) ? { ...box, ...next } : null;
}

export const boxKind: ShapeKind<BoxShape> = {
  // Asked of every shape in every frame: a straight box is its own answer.
  bounds: (box) => (isTurned(box) ? boundsOf(cornersOf(box)) : box),
  holds: (box, point, slack) =>
    contains({ x: 0, y: 0, width: box.width, height: box.height }, inward(box, point), slack),
  moved(box, by, within) {
    if (!isTurned(box)) return { ...box, ...rounded(moved(box, by, within)) };
    const middle = middleOfBox(box);
    const next = insidePoint({ x: middle.x + by.x, y: middle.y + by.y }, within);
    return { ...box, ...roundedPoint({ x: box.x + next.x - middle.x, y: box.y + next.y - middle.y }) };
  },
  grips,
  reshaped,
  anchors: cornersOf,
};
