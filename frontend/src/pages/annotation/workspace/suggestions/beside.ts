import type { Point, Rectangle, Size } from "@/editor/geometry";
import type { ViewState } from "@/editor/view";

const GAP = 6;

/**
 * Where a small bar stands beside a shape: below it, above it where there is no room, and always within the window.
 * The shape is in pixels of the asset, all else in screen pixels. Null where the shape is out of sight.
 */
export function besideShape({ x, y, width, height }: Rectangle, view: ViewState, window: Size, bar: Size): Point | null {
  const [left, top] = [x * view.scale + view.x, y * view.scale + view.y];
  const [right, bottom] = [left + width * view.scale, top + height * view.scale];
  if (right < 0 || bottom < 0 || left > window.width || top > window.height) return null;
  const below = bottom + GAP;
  // How sure the model is stands on the first corner, within or above it.
  const above = top - bar.height - 3 * GAP;
  const wanted = below + bar.height <= window.height ? below : above >= 0 ? above : window.height - bar.height - GAP;
  return { x: within(left, window.width - bar.width), y: within(wanted, window.height - bar.height) };
}

function within(value: number, most: number): number {
  return Math.round(Math.max(0, Math.min(value, most)));
}
