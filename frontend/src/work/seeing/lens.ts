/** The hole in a cover through which the full picture is seen. Places are shares of the covered frame, 0 to 1. */
export interface Lens {
  readonly x: number;
  readonly y: number;
  /** Half its width, in pixels of the screen. */
  readonly radius: number;
  readonly shape: "circle" | "square";
}

export const LENS_SMALLEST = 24;
export const LENS_LARGEST = 320;
export const freshLens: Lens = { x: 0.5, y: 0.5, radius: 80, shape: "circle" };

/** Move by pixels of the screen; its middle stays on the picture. */
export function lensMoved(lens: Lens, by: { x: number; y: number }, frame: { width: number; height: number }): Lens {
  return { ...lens, x: within(lens.x + by.x / Math.max(frame.width, 1)), y: within(lens.y + by.y / Math.max(frame.height, 1)) };
}

/** Put its middle on a place given in pixels from the frame's corner. */
export function lensAt(lens: Lens, place: { x: number; y: number }, frame: { width: number; height: number }): Lens {
  return { ...lens, x: within(place.x / Math.max(frame.width, 1)), y: within(place.y / Math.max(frame.height, 1)) };
}

export function lensGrown(lens: Lens, way: 1 | -1): Lens {
  const radius = Math.round(way > 0 ? lens.radius * 1.25 : lens.radius / 1.25);
  return { ...lens, radius: Math.min(Math.max(radius, LENS_SMALLEST), LENS_LARGEST) };
}

/** What of a layer as large as the frame shows through the lens. */
export function clipOf({ x, y, radius, shape }: Lens): string {
  const [left, top] = [percent(x), percent(y)];
  if (shape === "circle") return `circle(${radius}px at ${left} ${top})`;
  return `polygon(${[
    [-1, -1],
    [1, -1],
    [1, 1],
    [-1, 1],
  ]
    .map(([across = 0, down = 0]) => `calc(${left} + ${across * radius}px) calc(${top} + ${down * radius}px)`)
    .join(", ")})`;
}

function within(share: number): number {
  return Math.min(Math.max(share, 0), 1);
}

function percent(share: number): string {
  return `${Math.round(share * 10_000) / 100}%`;
}
