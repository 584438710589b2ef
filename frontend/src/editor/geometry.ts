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

export function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}

export function limited(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}

/** The vector turned by an angle in degrees, clockwise as people see it (y grows downwards). */
export function turned({ x, y }: Point, degrees: number): Point {
  const angle = (degrees * Math.PI) / 180;
  return { x: x * Math.cos(angle) - y * Math.sin(angle), y: x * Math.sin(angle) + y * Math.cos(angle) };
}

/** The same angle from just above -180 to 180. */
export function levelled(degrees: number): number {
  const rest = ((degrees % 360) + 360) % 360;
  return tenth(rest > 180 ? rest - 360 : rest);
}

export function roundedPoint({ x, y }: Point): Point {
  return { x: tenth(x), y: tenth(y) };
}

export function boundsOf(points: readonly Point[]): Rectangle {
  const xs = points.map((point) => point.x);
  const ys = points.map((point) => point.y);
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  return { x: left, y: top, width: Math.max(...xs) - left, height: Math.max(...ys) - top };
}

/** How far a point is from the stretch between two others. */
export function distanceToSegment(point: Point, from: Point, to: Point): number {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const squared = dx * dx + dy * dy;
  const share = squared === 0 ? 0 : limited(((point.x - from.x) * dx + (point.y - from.y) * dy) / squared, 0, 1);
  return Math.hypot(point.x - from.x - share * dx, point.y - from.y - share * dy);
}

/** Whether a point lies inside a closed outline (even-odd). */
export function isInsideOutline(point: Point, corners: readonly Point[]): boolean {
  let inside = false;
  corners.forEach((a, index) => {
    const b = corners[(index + 1) % corners.length] ?? a;
    if (a.y > point.y !== b.y > point.y && point.x < ((b.x - a.x) * (point.y - a.y)) / (b.y - a.y) + a.x) inside = !inside;
  });
  return inside;
}
