import { type Handle, type Point, type Rectangle, type Size } from "../geometry";

/** What a hand can take hold of on a selected shape: a side or corner, the knob that turns it, a corner of an outline, or the middle between two. */
export type Grip = Handle | "turn" | `corner:${number}` | `middle:${number}`;

export interface PlacedGrip {
  readonly grip: Grip;
  readonly at: Point;
}

/** How one kind of shape behaves. All positions are pixels of the asset. */
export interface ShapeKind<S> {
  bounds(shape: S): Rectangle;
  /** Whether a point is on the shape, or no further than `slack` from its line. */
  holds(shape: S, point: Point, slack: number): boolean;
  /** Moved, as far as the picture reaches. */
  moved(shape: S, by: Point, within: Size): S;
  /** `reach` is how far from the shape the turning knob stands. */
  grips(shape: S, reach: number): readonly PlacedGrip[];
  /** With one grip dragged to a point; null when too little would be left. */
  reshaped(shape: S, grip: Grip, to: Point, within: Size, isRegular: boolean): S | null;
  /** Points others can snap to. */
  anchors(shape: S): readonly Point[];
}

/** Degrees a regular turn stops at. */
export const TURN_STEP = 15;

export function turnTo(middle: Point, to: Point, isRegular: boolean): number {
  const degrees = (Math.atan2(to.y - middle.y, to.x - middle.x) * 180) / Math.PI + 90;
  return isRegular ? Math.round(degrees / TURN_STEP) * TURN_STEP : degrees;
}

export function cornerOf(grip: Grip): number | null {
  return grip.startsWith("corner:") ? Number(grip.slice("corner:".length)) : null;
}

export function middleOf(grip: Grip): number | null {
  return grip.startsWith("middle:") ? Number(grip.slice("middle:".length)) : null;
}
