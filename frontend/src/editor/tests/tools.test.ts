import { describe, expect, it } from "vitest";
import { boxTool } from "../tools/box";
import { shapesOn } from "../tools/place";
import { selectTool } from "../tools/select";
import { Hand, onHandle, onShape } from "./hand";

function drawn(): Hand {
  const hand = new Hand(boxTool());
  hand.press(10, 10).drag(40, 30).release(60, 50);
  return hand;
}

describe("drawing a box", () => {
  it("goes through pressed and drawing, and ends selected", () => {
    const hand = new Hand(boxTool());
    hand.press(10, 10);
    expect(hand.tool.path).toBe("box.pressed");
    hand.drag(40, 30);
    expect(hand.tool.path).toBe("box.drawing");
    hand.release(60, 50);
    expect(hand.tool.path).toBe("box.idle");
    expect(hand.shapes.map((shape) => shape.data)).toEqual([
      { kind: "box", part_id: "part-1", asset_sha256: "ab".repeat(32), x: 10, y: 10, width: 50, height: 40 },
    ]);
    expect(hand.selected).toBe(hand.shapes[0]?.id);
    expect(hand.finished).toBe(1);
  });

  it("is one step to undo", () => {
    const hand = drawn();
    expect(hand.store.undo()).toBe("Draw a box");
    expect(hand.shapes).toEqual([]);
    expect(hand.store.canUndo).toBe(false);
    hand.store.redo();
    expect(hand.shapes).toHaveLength(1);
  });

  it("stays inside the picture and works in every direction", () => {
    const hand = new Hand(boxTool());
    hand.press(190, 90).drag(250, -20).release(250, -20);
    expect(hand.shapes[0]?.data).toMatchObject({ x: 190, y: 0, width: 10, height: 90 });
  });

  it("leaves nothing behind after Escape, a click, or a slip", () => {
    const hand = new Hand(boxTool());
    hand.press(10, 10).drag(40, 30).escape();
    hand.press(10, 10).release(11, 10);
    hand.press(10, 10).drag(20, 10).release(20, 10);
    expect(hand.shapes).toEqual([]);
    expect(hand.store.canUndo).toBe(false);
    expect(hand.tool.path).toBe("box.idle");
  });

  it("draws nothing while no question takes boxes", () => {
    const hand = new Hand(boxTool());
    hand.clauseKey = null;
    hand.press(10, 10).drag(40, 30).release(60, 50);
    expect(hand.shapes).toEqual([]);
  });

  it("moves and resizes what is selected without another tool", () => {
    const hand = drawn();
    const id = hand.shapes[0]?.id;
    if (id === undefined) throw new Error("nothing was drawn");
    hand.press(20, 20, onShape(id)).drag(30, 30).release(30, 30);
    expect(hand.shapes.map((shape) => shape.data)).toMatchObject([{ x: 20, y: 20, width: 50 }]);
    hand.press(70, 60, onHandle(id, "se")).drag(90, 60).release(90, 60);
    expect(hand.shapes.map((shape) => shape.data)).toMatchObject([{ x: 20, width: 70 }]);
    expect(hand.tool.path).toBe("box.idle");
  });

  it("names the frame it was drawn on", () => {
    const hand = new Hand(boxTool());
    hand.surface = { ...hand.surface, frame: 7, ptsUs: 233_567 };
    hand.press(10, 10).drag(40, 30).release(60, 50);
    expect(hand.shapes[0]?.data).toMatchObject({ frame: 7, pts_us: 233_567 });
    expect(shapesOn(hand.store.snapshot(), hand.surface)).toHaveLength(1);
    expect(shapesOn(hand.store.snapshot(), { ...hand.surface, frame: 8 })).toEqual([]);
  });
});

describe("the pointer", () => {
  function withBox(): { hand: Hand; id: `evidence:${string}` } {
    const source = drawn();
    const hand = new Hand(selectTool());
    const shape = source.shapes[0];
    if (shape === undefined) throw new Error("nothing was drawn");
    hand.store.reset([shape]);
    return { hand, id: shape.id };
  }

  it("selects by a click and lets go by a click beside", () => {
    const { hand, id } = withBox();
    hand.press(20, 20, onShape(id)).release(20, 20);
    expect(hand.selected).toBe(id);
    hand.press(150, 80).release(150, 80);
    expect(hand.selected).toBeNull();
    expect(hand.store.canUndo).toBe(false);
  });

  it("moves a box as one step, never out of the picture", () => {
    const { hand, id } = withBox();
    hand.press(20, 20, onShape(id)).drag(60, 40).drag(500, 500).release(500, 500);
    expect(hand.shapes[0]?.data).toMatchObject({ x: 150, y: 60, width: 50, height: 40 });
    hand.store.undo();
    expect(hand.shapes[0]?.data).toMatchObject({ x: 10, y: 10 });
  });

  it("resizes by a handle, over the other side too", () => {
    const { hand, id } = withBox();
    hand.press(60, 50, onHandle(id, "se")).drag(100, 80).release(100, 80);
    expect(hand.shapes[0]?.data).toMatchObject({ x: 10, y: 10, width: 90, height: 70 });
    hand.press(100, 80, onHandle(id, "e")).drag(0, 80).release(0, 80);
    expect(hand.shapes[0]?.data).toMatchObject({ x: 0, y: 10, width: 10, height: 70 });
  });

  it("takes a drag back on Escape", () => {
    const { hand, id } = withBox();
    hand.press(20, 20, onShape(id)).drag(60, 40);
    expect(hand.tool.path).toBe("select.moving");
    hand.escape();
    expect(hand.tool.path).toBe("select.idle");
    expect(hand.shapes[0]?.data).toMatchObject({ x: 10, y: 10 });
  });
});
