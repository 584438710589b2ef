import { describe, expect, it } from "vitest";
import { reordered } from "../ordering";
import { CLOSEST, PictureView } from "../view";
import { boxTool } from "../tools/box";
import { shapesOn } from "../tools/place";
import { Hand } from "./hand";

function view(): PictureView {
  const fresh = new PictureView();
  fresh.measure({ width: 400, height: 200 }, { width: 800, height: 400 });
  return fresh;
}

describe("the window onto a picture", () => {
  it("starts fitted and stays so while it changes its size", () => {
    const seen = view();
    expect(seen.snapshot()).toEqual({ scale: 0.5, x: 0, y: 0 });
    seen.measure({ width: 200, height: 100 }, { width: 800, height: 400 });
    expect(seen.snapshot().scale).toBe(0.25);
    expect(seen.isZoomed).toBe(false);
  });

  it("zooms to 3,200 % and no further, about the point it is asked for", () => {
    const seen = view();
    const about = { x: 300, y: 50 };
    const held = seen.toPicture(about);
    for (let times = 0; times < 40; times += 1) seen.zoomBy(1.4, about);
    expect(seen.snapshot().scale).toBe(CLOSEST);
    expect(seen.toPicture(about).x).toBeCloseTo(held.x, 6);
    expect(seen.toPicture(about).y).toBeCloseTo(held.y, 6);
    for (let times = 0; times < 40; times += 1) seen.zoomBy(1 / 1.4, about);
    expect(seen.snapshot()).toEqual({ scale: 0.5, x: 0, y: 0 });
  });

  it("never shows beyond the picture's edge", () => {
    const seen = view();
    seen.zoomTo(1);
    seen.panBy({ x: 9_999, y: -9_999 });
    expect(seen.snapshot()).toEqual({ scale: 1, x: 0, y: -200 });
    seen.show({ x: 790, y: 390 });
    expect(seen.snapshot()).toEqual({ scale: 1, x: -400, y: -200 });
  });
});

describe("the order of shapes", () => {
  it("is moved in one step, and shapes that are not there keep their places", () => {
    const hand = new Hand(boxTool());
    for (const x of [10, 60, 110]) {
      hand.selected = null;
      hand.press(x, 10).drag(x + 20, 30).release(x + 30, 40);
    }
    const ids = (): string[] => hand.shapes.map(({ id }) => id.slice("evidence:".length));
    const [first, second, third] = hand.shapes;
    if (first === undefined || second === undefined || third === undefined) throw new Error("three were drawn");
    const move = (to: "forward" | "backward" | "front" | "back", id = first.id): void =>
      reordered(hand.store, shapesOn(hand.store.snapshot(), hand.surface), new Set([id]), to);
    const [a, b, c] = ids();
    move("front");
    expect(ids()).toEqual([b, c, a]);
    move("backward");
    expect(ids()).toEqual([b, a, c]);
    move("back", third.id);
    expect(ids()).toEqual([c, b, a]);
    move("front");
    hand.store.undo();
    expect(ids()).toEqual([b, a, c]);
  });
});
