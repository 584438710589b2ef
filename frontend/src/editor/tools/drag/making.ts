import { type Point, type Size } from "../../geometry";
import { type Shape } from "../../records";
import { type Surface } from "../tool";

/** What dragging from one point to another makes; null while it is too small to be meant. */
export interface Making {
  readonly label: string;
  make(from: Point, to: Point, surface: Surface, isRegular: boolean): Shape | null;
}

/** The point that makes both sides equally long, as far as the picture reaches. */
export function squared(from: Point, to: Point, within: Size): Point {
  const [right, down] = [to.x >= from.x, to.y >= from.y];
  const room = Math.min(right ? within.width - from.x : from.x, down ? within.height - from.y : from.y);
  const side = Math.min(Math.max(Math.abs(to.x - from.x), Math.abs(to.y - from.y)), room);
  return { x: from.x + (right ? side : -side), y: from.y + (down ? side : -side) };
}
