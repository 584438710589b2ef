/** A place on the screen, in pixels of the canvas, or on the map, in its own units from 0 to 1. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** How the map lies on the canvas: a place of the map is drawn at `scale` times it, moved by `left` and `top`. */
export interface View {
  readonly scale: number;
  readonly left: number;
  readonly top: number;
}

/** Where every post lies; one number a post in each list. */
export interface Places {
  readonly xs: readonly number[];
  readonly ys: readonly number[];
}

export type Direction = "left" | "right" | "up" | "down";

const MARGIN = 22;
/** So much closer than the whole map one can look, and so much farther away. */
const CLOSEST = 60;
const FARTHEST = 0.5;

/** The view in which all posts are in sight, in the middle, with room around them. */
export function fitted({ xs, ys }: Places, { width, height }: Size): View {
  const [left, right] = bounds(xs);
  const [top, bottom] = bounds(ys);
  const roomX = Math.max(1, width - 2 * MARGIN);
  const roomY = Math.max(1, height - 2 * MARGIN);
  const scale = Math.min(roomX / Math.max(right - left, 1e-3), roomY / Math.max(bottom - top, 1e-3));
  return { scale, left: width / 2 - ((left + right) / 2) * scale, top: height / 2 - ((top + bottom) / 2) * scale };
}

function bounds(values: readonly number[]): [number, number] {
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return low > high ? [0, 1] : [low, high];
}

export function onScreen(view: View, x: number, y: number): Place {
  return { x: x * view.scale + view.left, y: y * view.scale + view.top };
}

export function onMap(view: View, at: Place): Place {
  return { x: (at.x - view.left) / view.scale, y: (at.y - view.top) / view.scale };
}

/** Closer by `factor`, with the place under `at` staying there; `whole` is the view of everything. */
export function zoomed(view: View, factor: number, at: Place, whole: View): View {
  const scale = Math.min(whole.scale * CLOSEST, Math.max(whole.scale * FARTHEST, view.scale * factor));
  const by = scale / view.scale;
  return { scale, left: at.x - (at.x - view.left) * by, top: at.y - (at.y - view.top) * by };
}

export function panned(view: View, dx: number, dy: number): View {
  return { ...view, left: view.left + dx, top: view.top + dy };
}

/** Whether a place is inside a ring of places, by how often a ray to the right crosses it; an open ring counts as closed. */
export function isInside(ring: readonly Place[], x: number, y: number): boolean {
  let inside = false;
  let before = ring.at(-1);
  if (before === undefined || ring.length < 3) return false;
  for (const corner of ring) {
    if (corner.y > y !== before.y > y && x < ((before.x - corner.x) * (y - corner.y)) / (before.y - corner.y) + corner.x) {
      inside = !inside;
    }
    before = corner;
  }
  return inside;
}

/** The posts inside a ring drawn on the screen, in their order. */
export function lassoed(places: Places, view: View, ring: readonly Place[]): number[] {
  const onTheMap = ring.map((corner) => onMap(view, corner));
  const [left, right] = bounds(onTheMap.map((corner) => corner.x));
  const [top, bottom] = bounds(onTheMap.map((corner) => corner.y));
  return indexesOf(places).filter((at) => {
    const [x, y] = placeOf(places, at);
    return x >= left && x <= right && y >= top && y <= bottom && isInside(onTheMap, x, y);
  });
}

/** The `count` posts nearest to one, itself first; ties by their order. */
export function nearestTo(places: Places, own: number, count: number): number[] {
  const [x, y] = placeOf(places, own);
  const away = indexesOf(places).map((at) => [distance(places, at, x, y), at] as const);
  // The post itself comes before any that lies in the very same place.
  return away
    .sort((one, other) => one[0] - other[0] || Number(other[1] === own) - Number(one[1] === own) || one[1] - other[1])
    .slice(0, count)
    .map(([, at]) => at);
}

/** The post under a place of the screen, the nearest of those within `reach` pixels; null where there is none. */
export function hitAt(places: Places, view: View, at: Place, reach: number): number | null {
  const { x, y } = onMap(view, at);
  let found: number | null = null;
  let least = (reach / view.scale) ** 2;
  // Asked with every move of the pointer: no list is made for it.
  for (let candidate = 0; candidate < places.xs.length; candidate += 1) {
    const away = distance(places, candidate, x, y);
    if (away <= least) {
      least = away;
      found = candidate;
    }
  }
  return found;
}

/** The post an arrow key goes to: the nearest that lies more in that direction than to its side; null at the edge. */
export function nextTowards(places: Places, from: number, direction: Direction): number | null {
  const [x, y] = placeOf(places, from);
  let found: number | null = null;
  let least = Infinity;
  for (const at of indexesOf(places)) {
    const [ahead, aside] = turned(places.xs[at] ?? 0, places.ys[at] ?? 0, x, y, direction);
    if (at === from || ahead <= 0 || ahead < Math.abs(aside)) continue;
    const away = ahead ** 2 + aside ** 2;
    if (away < least) {
      least = away;
      found = at;
    }
  }
  return found;
}

function turned(px: number, py: number, x: number, y: number, direction: Direction): [number, number] {
  if (direction === "right") return [px - x, py - y];
  if (direction === "left") return [x - px, py - y];
  return direction === "down" ? [py - y, px - x] : [y - py, px - x];
}

function distance(places: Places, at: number, x: number, y: number): number {
  return ((places.xs[at] ?? 0) - x) ** 2 + ((places.ys[at] ?? 0) - y) ** 2;
}

function placeOf(places: Places, at: number): [number, number] {
  return [places.xs[at] ?? 0, places.ys[at] ?? 0];
}

function indexesOf(places: Places): number[] {
  return places.xs.map((_, at) => at);
}
