import type { Rectangle, Size } from "@/editor/geometry";
import { columnsOf } from "@/editor/mask";
import { boundsOfColumns, type Columns } from "@/editor/mask/columns";
import type { MaskShape } from "@/editor/records";
import type { ViewState } from "@/editor/view";

/** Beyond this many pixels a layer is kept smaller than the picture; 64 MB of memory. */
const LARGEST = 16_000_000;

/** A mask and its colour, `#rrggbb`, with how strongly it is filled. */
export interface Tinted {
  readonly mask: MaskShape;
  readonly hue: string;
  readonly opacity: number;
}

/**
 * All painted areas of a picture in one bitmap of the picture's own pixels. Panning and zooming draw that
 * one bitmap; a change repaints only where something changed.
 */
export class MaskLayer {
  private canvas: HTMLCanvasElement | null = null;
  private share = 1;
  private shown: readonly Tinted[] = [];
  private picture: Size = { width: 0, height: 0 };

  /** From the bottom to the top: of two areas on one pixel the upper one is seen. */
  show(masks: readonly Tinted[], picture: Size): void {
    if (picture.width !== this.picture.width || picture.height !== this.picture.height) this.restart(picture);
    const dirty = changed(this.shown, masks);
    this.shown = masks;
    if (dirty === null) return;
    if (this.canvas === null) this.canvas = sized(picture, this.share);
    this.repaint(this.canvas, dirty);
  }

  draw(pen: CanvasRenderingContext2D, { scale, x, y }: ViewState, window: Size): void {
    if (this.canvas === null || this.shown.length === 0) return;
    const [left, top] = [Math.max(-x / scale, 0), Math.max(-y / scale, 0)];
    const right = Math.min((window.width - x) / scale, this.picture.width);
    const bottom = Math.min((window.height - y) / scale, this.picture.height);
    if (right <= left || bottom <= top) return;
    const { share } = this;
    pen.imageSmoothingEnabled = scale < share * 2;
    pen.drawImage(
      this.canvas,
      left * share,
      top * share,
      (right - left) * share,
      (bottom - top) * share,
      left * scale + x,
      top * scale + y,
      (right - left) * scale,
      (bottom - top) * scale,
    );
  }

  private restart(picture: Size): void {
    this.picture = picture;
    this.share = Math.min(1, Math.sqrt(LARGEST / (picture.width * picture.height)));
    this.canvas = null;
    this.shown = [];
  }

  private repaint(canvas: HTMLCanvasElement, dirty: Rectangle): void {
    const pen = canvas.getContext("2d");
    const area = within(dirty, this.share, canvas);
    if (pen === null || area.width <= 0 || area.height <= 0) return;
    const image = pen.createImageData(area.width, area.height);
    const pixels = new Uint32Array(image.data.buffer);
    for (const { mask, hue, opacity } of this.shown) {
      const columns = columnsOf(mask);
      fill(pixels, area, columns, this.share, colourOf(hue, 0.25 + 0.75 * opacity));
      if (this.share === 1) fill(pixels, area, insideOf(columns), 1, colourOf(hue, opacity));
    }
    pen.putImageData(image, area.x, area.y);
  }
}

/** Where the two differ, in pixels of the picture; null when nowhere. */
function changed(before: readonly Tinted[], after: readonly Tinted[]): Rectangle | null {
  const same = (a: Tinted | undefined, b: Tinted | undefined): boolean =>
    a !== undefined && b !== undefined && a.mask === b.mask && a.hue === b.hue && a.opacity === b.opacity;
  let start = 0;
  while (start < Math.min(before.length, after.length) && same(before[start], after[start])) start += 1;
  let end = 0;
  while (end < Math.min(before.length, after.length) - start && same(before.at(-1 - end), after.at(-1 - end))) end += 1;
  const touched = [...before.slice(start, before.length - end), ...after.slice(start, after.length - end)];
  const areas = touched.map(({ mask }) => boundsOfColumns(columnsOf(mask))).filter(({ width }) => width > 0);
  if (areas.length === 0) return null;
  const left = Math.min(...areas.map((area) => area.x));
  const top = Math.min(...areas.map((area) => area.y));
  const right = Math.max(...areas.map((area) => area.x + area.width));
  const bottom = Math.max(...areas.map((area) => area.y + area.height));
  return { x: left, y: top, width: right - left, height: bottom - top };
}

function sized(picture: Size, share: number): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(Math.ceil(picture.width * share), 1);
  canvas.height = Math.max(Math.ceil(picture.height * share), 1);
  return canvas;
}

function within(area: Rectangle, share: number, canvas: Size): Rectangle {
  const x = Math.floor(area.x * share);
  const y = Math.floor(area.y * share);
  return {
    x,
    y,
    width: Math.min(Math.ceil((area.x + area.width) * share), canvas.width) - x,
    height: Math.min(Math.ceil((area.y + area.height) * share), canvas.height) - y,
  };
}

function fill(pixels: Uint32Array, area: Rectangle, columns: Columns, share: number, colour: number): void {
  for (const [column, stretches] of columns) {
    const x = Math.floor(column * share) - area.x;
    if (x < 0 || x >= area.width) continue;
    for (let at = 0; at + 1 < stretches.length; at += 2) {
      const start = Math.max(Math.floor((stretches[at] ?? 0) * share) - area.y, 0);
      const end = Math.min(Math.ceil((stretches[at + 1] ?? 0) * share) - area.y, area.height);
      for (let y = start; y < end; y += 1) pixels[y * area.width + x] = colour;
    }
  }
}

/** The painted pixels that have paint on all four sides. */
function insideOf(columns: Columns): Columns {
  const inside = new Map<number, readonly number[]>();
  for (const [x, stretches] of columns) {
    const [left, right] = [columns.get(x - 1), columns.get(x + 1)];
    if (left === undefined || right === undefined) continue;
    const kept = shared(shared(shrunk(stretches), left), right);
    if (kept.length > 0) inside.set(x, kept);
  }
  return inside;
}

function shrunk(stretches: readonly number[]): number[] {
  const result: number[] = [];
  for (let at = 0; at + 1 < stretches.length; at += 2) {
    const [start, end] = [(stretches[at] ?? 0) + 1, (stretches[at + 1] ?? 0) - 1];
    if (end > start) result.push(start, end);
  }
  return result;
}

function shared(a: readonly number[], b: readonly number[]): number[] {
  const result: number[] = [];
  let [i, j] = [0, 0];
  while (i + 1 < a.length && j + 1 < b.length) {
    const start = Math.max(a[i] ?? 0, b[j] ?? 0);
    const end = Math.min(a[i + 1] ?? 0, b[j + 1] ?? 0);
    if (end > start) result.push(start, end);
    if ((a[i + 1] ?? 0) < (b[j + 1] ?? 0)) i += 2;
    else j += 2;
  }
  return result;
}

/** As a canvas keeps it in memory on the little-endian machines browsers run on: alpha, blue, green, red. */
function colourOf(hue: string, opacity: number): number {
  const value = Number.parseInt(hue.slice(1), 16);
  const [red, green, blue] = [(value >> 16) & 0xff, (value >> 8) & 0xff, value & 0xff];
  return ((Math.round(opacity * 255) << 24) | (blue << 16) | (green << 8) | red) >>> 0;
}
