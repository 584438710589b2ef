import type { Colouring, Shape } from "./colouring";
import { onScreen, type Place, type Places, type Size, type View } from "./geometry";

/** What is drawn besides the posts themselves. */
export interface Scene {
  readonly places: Places;
  readonly colouring: Colouring;
  readonly view: View;
  readonly whole: View;
  readonly chosen: ReadonlySet<number>;
  /** The post in focus. */
  readonly focus: number | null;
  readonly lasso: readonly Place[];
}

const usual = 3.1;
const largest = 7;

/** Half the width of a usual mark; marks grow a little as one comes closer. */
export function markRadius(view: View, whole: View): number {
  return Math.min(largest, usual * Math.max(1, view.scale / whole.scale) ** 0.35);
}

/** Draw the whole map; colours are looked up in the theme each time, so that it may change. */
export function draw(context: CanvasRenderingContext2D, size: Size, ratio: number, scene: Scene, colour: (name: string) => string): void {
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, size.width, size.height);
  const radius = markRadius(scene.view, scene.whole);
  const { groups, of } = scene.colouring;
  const members: number[][] = groups.map(() => []);
  of.forEach((group, at) => members[group]?.push(at));
  // What is quiet, or of many posts, lies under what is rare.
  const order = groups.map((_, at) => at).sort((one, other) => (groups[other]?.posts ?? 0) - (groups[one]?.posts ?? 0));
  for (const at of order) {
    const group = groups[at];
    if (group === undefined) continue;
    const stamp = stamped(group.shape, radius * group.size, ratio, colour(group.colour));
    for (const post of members[at] ?? []) {
      const { x, y } = onScreen(scene.view, scene.places.xs[post] ?? 0, scene.places.ys[post] ?? 0);
      if (isInSight({ x, y }, size)) context.drawImage(stamp.image, x - stamp.half, y - stamp.half, 2 * stamp.half, 2 * stamp.half);
    }
  }
  drawChosen(context, size, scene, radius, colour);
  drawLasso(context, scene.lasso, colour);
}

/** One mark as a small picture: thousands of these are drawn much faster than thousands of paths. */
function stamped(shape: Shape, radius: number, ratio: number, colour: string): { image: HTMLCanvasElement; half: number } {
  const half = Math.ceil(radius * 1.3) + 1;
  const image = document.createElement("canvas");
  image.width = image.height = Math.ceil(2 * half * ratio);
  const context = image.getContext("2d");
  if (context !== null) {
    context.setTransform(image.width / (2 * half), 0, 0, image.height / (2 * half), 0, 0);
    context.beginPath();
    trace(context, shape, { x: half, y: half }, radius);
    paint(context, shape, colour);
  }
  return { image, half };
}

function drawChosen(context: CanvasRenderingContext2D, size: Size, scene: Scene, radius: number, colour: (name: string) => string): void {
  context.beginPath();
  for (const post of scene.chosen) {
    const place = onScreen(scene.view, scene.places.xs[post] ?? 0, scene.places.ys[post] ?? 0);
    if (isInSight(place, size)) trace(context, "ring", place, radius + 1.9);
  }
  context.lineWidth = 1.2;
  context.strokeStyle = colour("--ink");
  context.stroke();
  if (scene.focus === null) return;
  const place = onScreen(scene.view, scene.places.xs[scene.focus] ?? 0, scene.places.ys[scene.focus] ?? 0);
  context.beginPath();
  trace(context, "ring", place, radius + 5.5);
  context.lineWidth = 2.5;
  context.strokeStyle = colour("--focus");
  context.stroke();
}

function drawLasso(context: CanvasRenderingContext2D, lasso: readonly Place[], colour: (name: string) => string): void {
  const [first, ...rest] = lasso;
  if (first === undefined || rest.length === 0) return;
  context.beginPath();
  context.moveTo(first.x, first.y);
  for (const place of rest) context.lineTo(place.x, place.y);
  context.closePath();
  context.globalAlpha = 0.12;
  context.fillStyle = colour("--accent");
  context.fill();
  context.globalAlpha = 1;
  context.lineWidth = 1.5;
  context.setLineDash([5, 4]);
  context.strokeStyle = colour("--accent");
  context.stroke();
  context.setLineDash([]);
}

/** Add one mark to the path. */
function trace(path: CanvasPath, shape: Shape, { x, y }: Place, radius: number): void {
  if (shape === "square") path.rect(x - radius * 0.9, y - radius * 0.9, radius * 1.8, radius * 1.8);
  else if (shape === "triangle") polygon(path, [[0, -1.15], [1.05, 0.8], [-1.05, 0.8]], x, y, radius);
  else if (shape === "diamond") polygon(path, [[0, -1.2], [1.05, 0], [0, 1.2], [-1.05, 0]], x, y, radius);
  else if (shape === "cross") {
    path.moveTo(x - radius, y - radius);
    path.lineTo(x + radius, y + radius);
    path.moveTo(x + radius, y - radius);
    path.lineTo(x - radius, y + radius);
  } else {
    path.moveTo(x + radius, y);
    path.arc(x, y, radius, 0, 2 * Math.PI);
  }
}

function polygon(path: CanvasPath, corners: readonly (readonly [number, number])[], x: number, y: number, radius: number): void {
  corners.forEach(([dx, dy], at) => {
    if (at === 0) path.moveTo(x + dx * radius, y + dy * radius);
    else path.lineTo(x + dx * radius, y + dy * radius);
  });
  path.closePath();
}

/** Fill or outline what was traced. */
function paint(context: CanvasRenderingContext2D, shape: Shape, colour: string): void {
  if (shape === "ring" || shape === "cross") {
    context.lineWidth = shape === "ring" ? 1.1 : 2;
    context.strokeStyle = colour;
    context.stroke();
  } else {
    context.fillStyle = colour;
    context.fill();
  }
}

function isInSight({ x, y }: Place, { width, height }: Size): boolean {
  return x > -20 && y > -20 && x < width + 20 && y < height + 20;
}
