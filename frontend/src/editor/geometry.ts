/** Rectangles and points in pixels of the asset, origin at the top left. */

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

export type Handle = "nw" | "n" | "ne" | "e" | "se" | "s" | "sw" | "w";
export const handles: readonly Handle[] = ["nw", "n", "ne", "e", "se", "s", "sw", "w"];

/** The smallest side a box may have: less is a slip of the hand. */
export const SMALLEST = 1;

export function between(a: Point, b: Point): Rectangle {
  return {
    x: Math.min(a.x, b.x),
    y: Math.min(a.y, b.y),
    width: Math.abs(a.x - b.x),
    height: Math.abs(a.y - b.y),
  };
}

export function insidePoint(point: Point, within: Size): Point {
  return { x: limited(point.x, 0, within.width), y: limited(point.y, 0, within.height) };
}

/** Move a rectangle, as far as the picture reaches. */
export function moved(box: Rectangle, by: Point, within: Size): Rectangle {
  return {
    ...box,
    x: limited(box.x + by.x, 0, Math.max(within.width - box.width, 0)),
    y: limited(box.y + by.y, 0, Math.max(within.height - box.height, 0)),
  };
}

/** Drag one handle to a point; dragging past the other side turns the rectangle over. */
export function resized(box: Rectangle, handle: Handle, to: Point, within: Size): Rectangle {
  const point = insidePoint(to, within);
  let left = box.x;
  let top = box.y;
  let right = box.x + box.width;
  let bottom = box.y + box.height;
  if (handle.includes("w")) left = point.x;
  if (handle.includes("e")) right = point.x;
  if (handle.includes("n")) top = point.y;
  if (handle.includes("s")) bottom = point.y;
  return between({ x: left, y: top }, { x: right, y: bottom });
}

export function handlePoint(box: Rectangle, handle: Handle): Point {
  const x = handle.includes("w") ? box.x : handle.includes("e") ? box.x + box.width : box.x + box.width / 2;
  const y = handle.includes("n") ? box.y : handle.includes("s") ? box.y + box.height : box.y + box.height / 2;
  return { x, y };
}

export function contains(box: Rectangle, point: Point, margin = 0): boolean {
  return (
    point.x >= box.x - margin &&
    point.x <= box.x + box.width + margin &&
    point.y >= box.y - margin &&
    point.y <= box.y + box.height + margin
  );
}

/** Tenths of a pixel are finer than any hand; more digits only make records differ. */
export function rounded(box: Rectangle): Rectangle {
  return { x: tenth(box.x), y: tenth(box.y), width: tenth(box.width), height: tenth(box.height) };
}

export function isBigEnough(box: Rectangle): boolean {
  return box.width >= SMALLEST && box.height >= SMALLEST;
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}

function limited(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}
