import { coverOf } from "@/editor/choosing";
import { type Rectangle, turned } from "@/editor/geometry";
import { KNOB_REACH } from "@/editor/hitting";
import type { Shape } from "@/editor/records";
import { boundsOfShape, gripsOf } from "@/editor/shapes";
import { cornersOf } from "@/editor/shapes/box";
import { middleOf } from "@/editor/shapes/kind";
import type { Placed } from "@/editor/tools/place";
import { MaskLayer, type Tinted } from "./masks";
import type { Look, Scene, Suggestible } from "./scene";
import { drawSuggestedTag } from "./suggested";
import { TAG, tagOf } from "./tags";
import { onScreen, trace } from "./tracing";

const HANDLE = 9;
/** Shapes smaller than this on the screen carry no number: it would hide them. */
const TAGGED = 22;
/** How far what covers several chosen shapes stands from them, in screen pixels. */
const COVER_GAP = 6;
/** From so many shapes on, a moving picture shows only their lines. */
const CROWD = 400;

/** Shapes drawn alike, in one go. */
interface Batch {
  readonly look: Look;
  readonly isQuiet: boolean;
  readonly isDashed: boolean;
  readonly opacity: number;
  readonly shapes: Shape[];
}

/**
 * Draws a picture's marks on two canvases: below, everything that rests; above, the selected shape with its
 * grips and what is on the way. A drag repaints only the upper one.
 */
export class Painter {
  private readonly restingMasks = new MaskLayer();
  private readonly chosenMask = new MaskLayer();
  private last: Scene | null = null;
  private lastRatio = 0;

  constructor(
    private readonly resting: HTMLCanvasElement,
    private readonly chosen: HTMLCanvasElement,
  ) {}

  paint(scene: Scene): void {
    const ratio = window.devicePixelRatio;
    const isResized = fitCanvas(this.resting, scene, ratio);
    fitCanvas(this.chosen, scene, ratio);
    const others = scene.placed.filter(({ record }) => !scene.chosen.has(record.id));
    if (isResized || ratio !== this.lastRatio || this.last === null || !restsAlike(this.last, scene, others)) {
      this.paintResting(scene, others, ratio);
    }
    this.paintChosen(scene, ratio);
    this.last = scene;
    this.lastRatio = ratio;
  }

  private paintResting(scene: Scene, others: readonly Placed[], ratio: number): void {
    const pen = penOf(this.resting, scene, ratio);
    if (pen === null) return;
    const suggested = scene.suggested.filter(({ shape }) => isSeen(shape, scene));
    this.restingMasks.show([...tinted(scene.suggested, { ...scene, opacity: scene.opacity * 0.5 }), ...tinted(others, scene)], scene.picture);
    this.restingMasks.draw(pen, scene.view, scene.window);
    for (const one of suggested) drawSuggested(pen, one, scene);
    const seen = others.filter(({ shape }) => isSeen(shape, scene));
    if (scene.isMoving && seen.length > CROWD) {
      for (const batch of batched(seen, scene)) sketchBatch(pen, batch, scene);
      return;
    }
    for (const batch of batched(seen, scene)) strokeBatch(pen, batch, scene, false);
    for (const placed of seen) drawTag(pen, placed, scene, ratio);
  }

  private paintChosen(scene: Scene, ratio: number): void {
    const chosen = scene.placed.filter(({ record }) => scene.chosen.has(record.id));
    const isEmpty = scene.preview === null && scene.brush === null && scene.band === null && chosen.length === 0;
    // An empty canvas of the picture's size still costs a blend in every frame.
    this.chosen.style.visibility = isEmpty ? "hidden" : "visible";
    if (isEmpty) return;
    const pen = penOf(this.chosen, scene, ratio);
    if (pen === null) return;
    this.drawChosen(pen, chosen, scene, ratio);
    if (scene.band !== null) drawFrame(pen, scene.band, scene, true);
    if (scene.preview !== null) drawPreview(pen, scene.preview, scene);
    if (scene.brush !== null) drawBrush(pen, scene.brush, scene);
  }

  /** What is chosen, with grips where it is one mark alone and with what covers them where it is several. */
  private drawChosen(pen: CanvasRenderingContext2D, chosen: readonly Placed[], scene: Scene, ratio: number): void {
    if (chosen.length === 0) return;
    this.chosenMask.show(tinted(chosen, scene), scene.picture);
    this.chosenMask.draw(pen, scene.view, scene.window);
    for (const batch of batched(chosen, scene)) strokeBatch(pen, batch, scene, true);
    for (const { shape } of chosen) if (shape.kind === "mask") drawFrame(pen, boundsOfShape(shape), scene);
    for (const placed of chosen) drawTag(pen, placed, scene, ratio);
    const [first] = chosen;
    const cover = coverOf(chosen);
    if (chosen.length > 1 && cover !== null) drawFrame(pen, grown(cover, COVER_GAP / scene.view.scale), scene);
    else if (first !== undefined && scene.chosen.size === 1 && !scene.isReadOnly) drawGrips(pen, first, scene);
  }
}

function fitCanvas(canvas: HTMLCanvasElement, { window }: Scene, ratio: number): boolean {
  const [width, height] = [Math.round(window.width * ratio), Math.round(window.height * ratio)];
  if (canvas.width === width && canvas.height === height) return false;
  canvas.width = width;
  canvas.height = height;
  return true;
}

/** A cleared canvas to draw on in screen pixels. */
function penOf(canvas: HTMLCanvasElement, { window }: Scene, ratio: number): CanvasRenderingContext2D | null {
  const pen = canvas.getContext("2d");
  if (pen === null) return null;
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  pen.clearRect(0, 0, window.width, window.height);
  return pen;
}

function restsAlike(before: Scene, after: Scene, others: readonly Placed[]): boolean {
  if (before.view !== after.view || before.isMoving !== after.isMoving || before.activeKey !== after.activeKey || before.opacity !== after.opacity) return false;
  if (before.picture.width !== after.picture.width || before.picture.height !== after.picture.height) return false;
  if (before.suggested.length !== after.suggested.length) return false;
  if (before.suggested.some((one, index) => one.shape !== after.suggested[index]?.shape || one.isCurrent !== after.suggested[index].isCurrent)) return false;
  if (before.opacities !== after.opacities) return false;
  const earlier = before.placed.filter(({ record }) => !before.chosen.has(record.id));
  return (
    earlier.length === others.length &&
    earlier.every((placed, index) => placed.record === others[index]?.record && placed.shape === others[index].shape)
  );
}

function isQuiet(placed: Placed, { activeKey }: Scene): boolean {
  return activeKey !== "" && placed.record.clauseKey !== activeKey;
}

function tinted(placed: readonly Placed[], scene: Scene): Tinted[] {
  return placed.flatMap((one) => {
    if (one.shape.kind !== "mask") return [];
    const { hue } = scene.look(one.record.clauseKey);
    return [{ mask: one.shape, hue, opacity: opacityOf(one, scene) * (isQuiet(one, scene) ? 0.5 : 1) }];
  });
}

function opacityOf({ record }: Placed, { opacity, opacities }: Scene): number {
  return opacities.get(record.id) ?? opacity;
}

function isSeen(shape: Shape, { view, window }: Scene): boolean {
  const bounds = boundsOfShape(shape);
  const [left, top] = [bounds.x * view.scale + view.x, bounds.y * view.scale + view.y];
  const margin = TAG;
  return (
    left <= window.width + margin &&
    top <= window.height + margin &&
    left + bounds.width * view.scale >= -margin &&
    top + bounds.height * view.scale >= -margin
  );
}

/** In the order of the shapes; one that looks like the one before it joins its batch. */
function batched(placed: readonly Placed[], scene: Scene): Batch[] {
  const batches: Batch[] = [];
  for (const one of placed) {
    const look = scene.look(one.record.clauseKey);
    const quiet = isQuiet(one, scene);
    const isDashed = quiet || one.isOccluded || one.isGhost;
    const opacity = opacityOf(one, scene);
    const last = batches.at(-1);
    const isAlike = last?.look.hue === look.hue && last.look.dash === look.dash && last.isQuiet === quiet && last.isDashed === isDashed && last.opacity === opacity;
    if (isAlike) last.shapes.push(one.shape);
    else batches.push({ look, isQuiet: quiet, isDashed, opacity, shapes: [one.shape] });
  }
  return batches;
}

/** Many dashed lines cost more than all else together; past this many, marks of other questions are thin instead. */
const DASHED_MOST = 300;

/** A batch without halo, dashes and numbers, for as long as the picture moves. */
function sketchBatch(pen: CanvasRenderingContext2D, { look, opacity, shapes }: Batch, scene: Scene): void {
  pen.lineJoin = "miter";
  pen.setLineDash([]);
  pen.fillStyle = look.hue;
  pen.globalAlpha = opacity * 0.18;
  if (opacity > 0) for (const shape of shapes) if (isFilled(shape)) drawShape(pen, shape, scene, "fill");
  pen.globalAlpha = 1;
  pen.strokeStyle = look.hue;
  pen.lineWidth = 2;
  for (const shape of shapes) drawShape(pen, shape, scene, "stroke");
}

/** Pale and in short dashes, without a filling: nobody has said that it is so. */
function drawSuggested(pen: CanvasRenderingContext2D, one: Suggestible, scene: Scene): void {
  const { hue } = scene.look(one.record.clauseKey);
  pen.lineJoin = "round";
  pen.setLineDash([]);
  pen.globalAlpha = one.isCurrent ? 0.85 : 0.5;
  pen.strokeStyle = "#fff";
  pen.lineWidth = one.isCurrent ? 4 : 3;
  drawShape(pen, one.shape, scene, "stroke");
  pen.globalAlpha = one.isCurrent ? 1 : 0.8;
  pen.strokeStyle = hue;
  pen.lineWidth = one.isCurrent ? 2.5 : 1.5;
  pen.setLineDash([2, 4]);
  drawShape(pen, one.shape, scene, "stroke");
  pen.setLineDash([]);
  pen.globalAlpha = 1;
  if (!scene.isMoving || scene.suggested.length <= CROWD) drawSuggestedTag(pen, one, hue, scene.view);
}

function isFilled(shape: Shape): boolean {
  return shape.kind !== "polyline" && shape.kind !== "mask";
}

function strokeBatch(pen: CanvasRenderingContext2D, batch: Batch, scene: Scene, isSelected: boolean): void {
  const { hue } = batch.look;
  pen.lineJoin = "round";
  pen.setLineDash([]);
  pen.globalAlpha = batch.opacity * (isSelected ? 0.36 : 0.18);
  pen.fillStyle = hue;
  if (batch.opacity > 0) {
    for (const shape of batch.shapes) if (isFilled(shape)) drawShape(pen, shape, scene, "fill");
  }
  pen.globalAlpha = 0.75;
  pen.strokeStyle = "#fff";
  pen.lineWidth = isSelected ? 5 : 3.5;
  for (const shape of batch.shapes) drawShape(pen, shape, scene, "stroke");
  const isMuch = batch.shapes.length > DASHED_MOST;
  pen.globalAlpha = 1;
  pen.strokeStyle = hue;
  pen.lineWidth = isSelected ? 3 : batch.isDashed && isMuch ? 1 : 2;
  pen.setLineDash(isMuch ? [] : dashOf(batch));
  for (const shape of batch.shapes) drawShape(pen, shape, scene, "stroke");
  pen.setLineDash([]);
}

function dashOf({ look, isDashed }: Batch): number[] {
  if (look.dash !== null) return [...look.dash];
  return isDashed ? [6, 4] : [];
}

/** Straight rectangles have calls of their own, many times faster than a path. */
function drawShape(pen: CanvasRenderingContext2D, shape: Shape, { view }: Scene, how: "fill" | "stroke"): void {
  if (shape.kind === "box" && (shape.rotation ?? 0) === 0) {
    const at = onScreen(shape, view);
    const [width, height] = [shape.width * view.scale, shape.height * view.scale];
    // Whole pixels fill without blending at the edges, which lie under the line.
    if (how === "fill") pen.fillRect(Math.round(at.x), Math.round(at.y), Math.round(width), Math.round(height));
    else pen.strokeRect(at.x, at.y, width, height);
    return;
  }
  pen.beginPath();
  trace(pen, shape, view);
  if (how === "fill") pen.fill();
  else pen.stroke();
}

function drawTag(pen: CanvasRenderingContext2D, { record, shape }: Placed, scene: Scene, ratio: number): void {
  const { view } = scene;
  const bounds = boundsOfShape(shape);
  const isTiny = Math.max(bounds.width, bounds.height) * view.scale < TAGGED;
  if (isTiny && shape.kind !== "point" && !scene.chosen.has(record.id)) return;
  // A box that stands straight carries its number on its corner; other shapes on the rectangle around them.
  const at = onScreen(bounds, view);
  const gap = shape.kind === "point" ? 6 : 0;
  pen.drawImage(tagOf(scene.look(record.clauseKey), ratio), Math.round(at.x + gap), Math.round(Math.max(at.y - TAG - gap, 0)), TAG, TAG);
}

function drawGrips(pen: CanvasRenderingContext2D, { shape, record }: Placed, scene: Scene): void {
  const { hue } = scene.look(record.clauseKey);
  const reach = KNOB_REACH / scene.view.scale;
  pen.lineWidth = 2;
  pen.strokeStyle = hue;
  pen.fillStyle = "#fff";
  for (const { grip, at } of gripsOf(shape, reach)) {
    const { x, y } = onScreen(at, scene.view);
    pen.beginPath();
    if (grip === "turn") {
      const foot = knobFoot(shape, scene);
      pen.moveTo(foot.x, foot.y);
      pen.lineTo(x, y);
      pen.stroke();
      pen.beginPath();
      pen.arc(x, y, HANDLE / 2 + 0.5, 0, Math.PI * 2);
    } else if (middleOf(grip) !== null) {
      pen.arc(x, y, 3, 0, Math.PI * 2);
    } else {
      pen.rect(x - HANDLE / 2, y - HANDLE / 2, HANDLE, HANDLE);
    }
    pen.fill();
    pen.stroke();
  }
}

/** Where the stem of the turning knob stands on the shape. */
function knobFoot(shape: Shape, { view }: Scene) {
  if (shape.kind === "ellipse") {
    const up = turned({ x: 0, y: -shape.radius_y }, shape.rotation ?? 0);
    return onScreen({ x: shape.x + up.x, y: shape.y + up.y }, view);
  }
  const [first, second] = shape.kind === "box" ? cornersOf(shape) : [];
  if (first === undefined || second === undefined) return onScreen(boundsOfShape(shape), view);
  return onScreen({ x: (first.x + second.x) / 2, y: (first.y + second.y) / 2 }, view);
}

/** A dashed rectangle seen on light and on dark: around a painted area, around what is chosen, or being dragged. */
function drawFrame(pen: CanvasRenderingContext2D, frame: Rectangle, { view }: Scene, isFilled = false): void {
  const at = onScreen(frame, view);
  const [width, height] = [frame.width * view.scale, frame.height * view.scale];
  pen.lineWidth = 1;
  if (isFilled) {
    pen.fillStyle = "rgb(27 30 32 / 14%)";
    pen.fillRect(at.x, at.y, width, height);
  }
  for (const [style, dash] of [["#fff", []], ["#1b1e20", [4, 4]]] as const) {
    pen.strokeStyle = style;
    pen.setLineDash([...dash]);
    pen.strokeRect(at.x, at.y, width, height);
  }
  pen.setLineDash([]);
}

function grown({ x, y, width, height }: Rectangle, by: number): Rectangle {
  return { x: x - by, y: y - by, width: width + 2 * by, height: height + 2 * by };
}

function drawPreview(pen: CanvasRenderingContext2D, shape: Shape, scene: Scene): void {
  const { hue } = scene.look(scene.activeKey);
  strokeBatch(pen, { look: { hue, number: 0, dash: null }, isQuiet: false, isDashed: false, opacity: scene.opacity, shapes: [shape] }, scene, true);
  if (shape.kind !== "polyline") return;
  pen.fillStyle = "#fff";
  pen.strokeStyle = hue;
  pen.lineWidth = 2;
  shape.points.forEach(([x, y], index) => {
    const at = onScreen({ x, y }, scene.view);
    pen.beginPath();
    // The first corner is where an outline closes: it is drawn larger.
    pen.arc(at.x, at.y, index === 0 ? 5.5 : 3.5, 0, Math.PI * 2);
    pen.fill();
    pen.stroke();
  });
}

function drawBrush(pen: CanvasRenderingContext2D, brush: NonNullable<Scene["brush"]>, { view }: Scene): void {
  const at = onScreen(brush.at, view);
  const radius = Math.max(brush.radius * view.scale, 1);
  for (const [style, width] of [["#1b1e20", 3], ["#fff", 1.5]] as const) {
    pen.beginPath();
    pen.arc(at.x, at.y, radius, 0, Math.PI * 2);
    pen.strokeStyle = style;
    pen.lineWidth = width;
    pen.setLineDash(brush.isEraser ? [4, 3] : []);
    pen.stroke();
  }
  pen.setLineDash([]);
}
