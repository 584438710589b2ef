import type { Look } from "./scene";

export const TAG = 18;

const drawn = new Map<string, HTMLCanvasElement>();

/** The number of a question on its colour; drawn once, then copied, for there may be thousands. */
export function tagOf({ hue, number }: Look, pixelRatio: number): HTMLCanvasElement {
  const key = `${hue} ${number} ${pixelRatio}`;
  const known = drawn.get(key);
  if (known !== undefined) return known;
  const tag = document.createElement("canvas");
  tag.width = tag.height = Math.ceil(TAG * pixelRatio);
  const pen = tag.getContext("2d");
  if (pen !== null) {
    pen.scale(pixelRatio, pixelRatio);
    pen.fillStyle = hue;
    pen.fillRect(0, 0, TAG, TAG);
    pen.fillStyle = "#fff";
    pen.font = "700 12px 'Atkinson Hyperlegible Next Variable', sans-serif";
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    pen.fillText(String(number), TAG / 2, TAG / 2 + 1);
  }
  drawn.set(key, tag);
  return tag;
}
