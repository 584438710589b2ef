import { describe, expect, it } from "vitest";
import { areaOf, isPainted } from "../mask/columns";
import { columnsOf } from "../mask";
import { type Shape } from "../records";
import { isShape } from "../shapes";
import { brushTool, eraserTool } from "../tools/brush";
import { boxTool } from "../tools/box";
import { ellipseTool } from "../tools/ellipse";
import { handTool } from "../tools/hand";
import { polygonTool, polylineTool } from "../tools/outline";
import { pointTool } from "../tools/point";
import { selectTool } from "../tools/select";
import { type Tool } from "../tools/tool";
import { turnedBoxTool } from "../tools/turned";
import { Hand } from "./hand";

const place = { part_id: "part-1", asset_sha256: "ab".repeat(32) };

function shapeOf(hand: Hand): Shape {
  const { data } = hand.shape;
  if (!isShape(data)) throw new Error(`${data.kind} is no shape.`);
  return data;
}

/** With another tool in the same hand. */
function taking(hand: Hand, tool: Tool): Hand {
  hand.tool = tool;
  return hand;
}

describe("an ellipse", () => {
  it("is drawn by the rectangle around it, resized by its sides and turned by its knob", () => {
    const hand = new Hand(ellipseTool());
    hand.press(20, 20).drag(60, 30).release(80, 60);
    expect(shapeOf(hand)).toEqual({ kind: "ellipse", ...place, x: 50, y: 40, radius_x: 30, radius_y: 20 });
    taking(hand, selectTool()).press(80, 40).drag(90, 40).release(90, 40);
    expect(shapeOf(hand)).toMatchObject({ x: 50, radius_x: 40, radius_y: 20 });
    // The knob stands above; dragged to the right it turns the ellipse by a quarter.
    hand.press(50, -6).drag(80, 40).release(96, 40);
    expect(shapeOf(hand)).toMatchObject({ x: 50, y: 40, rotation: 90 });
    hand.press(50, 50).drag(150, 95).release(250, 95);
    expect(shapeOf(hand)).toMatchObject({ x: 200, y: 85 });
    for (let steps = 0; steps < 4; steps += 1) hand.store.undo();
    expect(hand.shapes).toEqual([]);
  });

  it("is a circle with Shift", () => {
    const hand = new Hand(ellipseTool());
    hand.shift = true;
    hand.press(20, 20).drag(60, 30).release(60, 30);
    expect(shapeOf(hand)).toMatchObject({ radius_x: 20, radius_y: 20 });
  });
});

describe("a turned box", () => {
  it("is drawn along one side and then across", () => {
    const hand = new Hand(turnedBoxTool());
    hand.press(50, 50);
    expect(hand.tool.path).toBe("turned.side");
    hand.drag(70, 50).release(90, 90);
    expect(hand.tool.path).toBe("turned.depth");
    expect(hand.shapes).toEqual([]);
    hand.drag(20, 60).click(20, 80);
    expect(hand.tool.path).toBe("turned.idle");
    const box = shapeOf(hand);
    expect(box).toMatchObject({ kind: "box", rotation: 45, x: 50, y: 50 });
    if (box.kind !== "box") throw new Error("not a box");
    expect(box.width).toBeCloseTo(Math.hypot(40, 40), 1);
    expect(box.height).toBeCloseTo(Math.hypot(30, 30) * Math.cos(Math.atan2(30, 30) - Math.PI / 4), 0);
    expect(hand.store.undo()).toBe("Draw a turned box");
    expect(hand.store.canUndo).toBe(false);
  });

  it("keeps the far corner where it is while one is dragged", () => {
    const hand = new Hand(boxTool());
    hand.press(80, 40).drag(100, 50).release(120, 60);
    taking(hand, selectTool()).press(100, 14);
    expect(hand.tool.path).toBe("select.reshaping");
    hand.shift = true;
    hand.drag(120, 15).release(125, 25);
    hand.shift = false;
    const before = shapeOf(hand);
    expect(before).toMatchObject({ kind: "box", rotation: 45, width: 40, height: 20 });
    if (before.kind !== "box") throw new Error("not a box");
    const far = { x: before.x, y: before.y };
    const angle = Math.PI / 4;
    const corner = {
      x: far.x + 40 * Math.cos(angle) - 20 * Math.sin(angle),
      y: far.y + 40 * Math.sin(angle) + 20 * Math.cos(angle),
    };
    hand.press(corner.x, corner.y).drag(corner.x + 4, corner.y + 6).release(corner.x + 4, corner.y + 6);
    const after = shapeOf(hand);
    expect(after).toMatchObject({ x: before.x, y: before.y, rotation: 45 });
    if (after.kind !== "box") throw new Error("not a box");
    expect(after.width).toBeCloseTo(40 + 10 * Math.SQRT1_2, 1);
  });

  it("leaves nothing behind after Escape on the way", () => {
    const hand = new Hand(turnedBoxTool());
    hand.press(50, 50).drag(90, 50).release(90, 50).drag(90, 70).escape();
    expect(hand.tool.path).toBe("turned.idle");
    expect(hand.store.canUndo).toBe(false);
  });
});

describe("an outline", () => {
  function triangle(): Hand {
    const hand = new Hand(polygonTool());
    return hand.click(20, 20).click(80, 20).click(80, 60).click(20, 20);
  }

  it("is drawn corner by corner and closed on the first", () => {
    const hand = triangle();
    expect(shapeOf(hand)).toEqual({ kind: "polygon", ...place, points: [[20, 20], [80, 20], [80, 60]] });
    expect(hand.selected).toBe(hand.shape.id);
    expect(hand.store.undo()).toBe("Draw an outline");
    expect(hand.store.canUndo).toBe(false);
  });

  it("can be ended with Enter or a second click on the last corner, and stepped back corner by corner", () => {
    const hand = new Hand(polygonTool());
    hand.click(20, 20).click(80, 20).enter();
    expect(hand.shapes).toEqual([]);
    hand.click(80, 60).click(30, 70).back().enter();
    expect(shapeOf(hand)).toMatchObject({ points: [[20, 20], [80, 20], [80, 60]] });
    hand.store.undo();
    hand.click(20, 20).click(80, 20).click(80, 60).click(80, 60);
    expect(hand.shapes).toHaveLength(1);
    hand.store.undo();
    hand.click(20, 20).back();
    expect(hand.tool.path).toBe("polygon.idle");
  });

  it("is no record before it is whole, and is gone after Escape", () => {
    const hand = new Hand(polygonTool());
    hand.click(20, 20).click(80, 20).drag(90, 90);
    expect(hand.shapes).toEqual([]);
    expect(hand.tool.preview).toMatchObject({ points: [[20, 20], [80, 20], [90, 90]] });
    hand.escape();
    expect(hand.tool.preview).toBeNull();
    expect(hand.store.canUndo).toBe(false);
  });

  it("is reshaped by its corners, gets new ones from its middles, and loses them with Alt", () => {
    const hand = taking(triangle(), selectTool());
    hand.press(80, 60).drag(70, 70).release(60, 80);
    expect(shapeOf(hand)).toMatchObject({ points: [[20, 20], [80, 20], [60, 80]] });
    hand.press(50, 20).drag(50, 12).release(50, 5);
    expect(shapeOf(hand)).toMatchObject({ points: [[20, 20], [50, 5], [80, 20], [60, 80]] });
    hand.alt = true;
    hand.press(50, 5).release(50, 5);
    hand.alt = false;
    expect(shapeOf(hand)).toMatchObject({ points: [[20, 20], [80, 20], [60, 80]] });
    hand.press(55, 40).drag(60, 45).release(500, 50);
    expect(shapeOf(hand)).toMatchObject({ points: [[140, 30], [200, 30], [180, 90]] });
  });

  it("never has fewer than three corners, a line never fewer than two", () => {
    const hand = taking(triangle(), selectTool());
    hand.alt = true;
    hand.press(80, 60).release(80, 60);
    expect(shapeOf(hand)).toMatchObject({ points: [[20, 20], [80, 20], [80, 60]] });
    const line = new Hand(polylineTool());
    line.click(20, 20).click(80, 20).enter();
    expect(shapeOf(line)).toEqual({ kind: "polyline", ...place, points: [[20, 20], [80, 20]] });
    taking(line, selectTool()).alt = true;
    line.press(80, 20).release(80, 20);
    expect(shapeOf(line)).toMatchObject({ points: [[20, 20], [80, 20]] });
  });
});

describe("a point", () => {
  it("is set by a click, moved by a drag, and stays inside the picture", () => {
    const hand = new Hand(pointTool());
    hand.click(30.26, 40);
    expect(shapeOf(hand)).toEqual({ kind: "point", ...place, x: 30.3, y: 40 });
    hand.press(30, 40).drag(50, 50).release(500, 50);
    expect(shapeOf(hand)).toMatchObject({ x: 200, y: 50 });
  });
});

describe("the brush", () => {
  it("paints one area in several strokes, each a step of its own", () => {
    const hand = new Hand(brushTool());
    hand.press(20, 50).drag(40, 50).drag(60, 50).release(60, 50);
    hand.press(60, 50).drag(60, 80).release(60, 80);
    const mask = shapeOf(hand);
    if (mask.kind !== "mask") throw new Error("not a mask");
    expect(mask.size).toEqual([100, 200]);
    const painted = columnsOf({ ...mask });
    for (const [x, y] of [[20, 50], [40, 53], [60, 78]] as const) expect(isPainted(painted, { x, y })).toBe(true);
    expect(isPainted(painted, { x: 20, y: 58 })).toBe(false);
    hand.store.undo();
    const before = shapeOf(hand);
    if (before.kind !== "mask") throw new Error("not a mask");
    expect(isPainted(columnsOf(before), { x: 60, y: 78 })).toBe(false);
    expect(areaOf(columnsOf(before))).toBeGreaterThan(400);
    hand.store.undo();
    expect(hand.shapes).toEqual([]);
  });

  it("starts another area when none is selected", () => {
    const hand = new Hand(brushTool());
    hand.press(20, 50).release(20, 50);
    hand.selected = null;
    hand.press(90, 50).release(90, 50);
    expect(hand.shapes).toHaveLength(2);
  });

  it("erases, also everything, and leaves no empty area behind", () => {
    const hand = new Hand(brushTool());
    hand.press(20, 50).drag(60, 50).release(60, 50);
    taking(hand, eraserTool()).press(40, 50).release(40, 50);
    const mask = shapeOf(hand);
    if (mask.kind !== "mask") throw new Error("not a mask");
    expect(isPainted(columnsOf(mask), { x: 40, y: 50 })).toBe(false);
    expect(isPainted(columnsOf(mask), { x: 22, y: 50 })).toBe(true);
    hand.brushRadius = 30;
    hand.press(20, 50).drag(60, 50).release(60, 50);
    expect(hand.shapes).toEqual([]);
    expect(hand.selected).toBeNull();
    hand.store.undo();
    expect(hand.shapes).toHaveLength(1);
  });

  it("takes a stroke back on Escape, and an eraser over nothing does nothing", () => {
    const hand = new Hand(brushTool());
    hand.press(20, 50).drag(60, 50).escape();
    taking(hand, eraserTool()).press(20, 50).drag(60, 50).release(60, 50);
    expect(hand.shapes).toEqual([]);
    expect(hand.store.canUndo).toBe(false);
  });

  it("moves with the pointer in whole pixels", () => {
    const hand = new Hand(brushTool());
    hand.press(20, 50).release(20, 50);
    taking(hand, selectTool()).press(20, 50).drag(40, 50).release(50.4, 50);
    const mask = shapeOf(hand);
    if (mask.kind !== "mask") throw new Error("not a mask");
    expect(isPainted(columnsOf({ ...mask }), { x: 50, y: 50 })).toBe(true);
    expect(isPainted(columnsOf({ ...mask }), { x: 20, y: 50 })).toBe(false);
  });
});

describe("the hand", () => {
  it("moves the picture and nothing else", () => {
    const hand = new Hand(handTool());
    hand.press(20, 20).drag(30, 25).release(30, 25);
    expect(hand.panned).toEqual({ x: 10, y: 5 });
    expect(hand.shapes).toEqual([]);
    expect(hand.tool.path).toBe("hand.idle");
  });
});

describe("snapping", () => {
  it("is off unless asked for, then finds corners, lines through them, and the picture's edge", () => {
    const hand = new Hand(boxTool());
    hand.press(10, 10).drag(30, 30).release(60, 50);
    hand.selected = null;
    hand.press(63, 53).drag(90, 70).release(90, 70);
    expect(hand.shapes[1]?.data).toMatchObject({ x: 63, y: 53 });
    hand.store.undo();
    hand.selected = null;
    hand.isSnapping = true;
    hand.press(63, 53).drag(90, 70).release(195, 75);
    expect(hand.shapes[1]?.data).toMatchObject({ x: 60, y: 50, width: 140, height: 25 });
  });
});
