import type { Rectangle } from "@/editor/geometry";
import { boundsOfShape } from "@/editor/shapes";
import type { Suggestible } from "./scene";
import { onScreen } from "./tracing";
import type { ViewState } from "@/editor/view";

const HEIGHT = 16;
const PADDING = 4;
/** About what a number of two decimals is wide. */
const WIDTH = 36;

/** Where the tag of a suggested shape lies on the screen, to be pressed. */
export function suggestedTagAt({ shape }: Suggestible, view: ViewState): Rectangle {
  const at = onScreen(boundsOfShape(shape), view);
  return { x: Math.round(at.x), y: Math.round(Math.max(at.y - HEIGHT, 0)), width: WIDTH, height: HEIGHT };
}

/** How sure a model is of its mark, beside it on a pale ground: a person's marks carry their number on colour. */
export function drawSuggestedTag(pen: CanvasRenderingContext2D, one: Suggestible, hue: string, view: ViewState): void {
  const { words } = one;
  const { x: left, y: top } = suggestedTagAt(one, view);
  pen.font = "600 11px 'Atkinson Hyperlegible Next Variable', sans-serif";
  pen.textAlign = "left";
  pen.textBaseline = "middle";
  const width = Math.ceil(pen.measureText(words).width) + 2 * PADDING;
  pen.globalAlpha = 0.88;
  pen.fillStyle = "#fff";
  pen.fillRect(left, top, width, HEIGHT);
  pen.globalAlpha = 1;
  pen.strokeStyle = hue;
  pen.lineWidth = 1;
  pen.setLineDash([3, 2]);
  pen.strokeRect(left + 0.5, top + 0.5, width - 1, HEIGHT - 1);
  pen.setLineDash([]);
  pen.fillStyle = "#1b1e20";
  pen.fillText(words, left + PADDING, top + HEIGHT / 2 + 0.5);
}
