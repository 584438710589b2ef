import { beforeEach, describe, expect, it } from "vitest";
import { coverOf, movedTogether } from "../choosing";
import { type EvidenceRecord } from "../records";
import { reordered } from "../ordering";
import { boxTool } from "../tools/box";
import { shapesOn } from "../tools/place";
import { selectTool } from "../tools/select";
import { mergedAll } from "../time/trackEdits";
import { FrameTable } from "../time/frameTable";
import { type TrackMark } from "../records";
import { unitedMasks, maskFields } from "../mask";
import { areaOf, strokeOf } from "../mask/columns";
import { columnsOf } from "../mask";
import { Hand } from "./hand";

/** Three boxes beside each other on a picture of 200 × 100, and the hand that holds the select tool. */
let hand: Hand;
let ids: EvidenceRecord["id"][];

beforeEach(() => {
  hand = new Hand(boxTool());
  for (const x of [10, 60, 110]) {
    hand.selected = null;
    hand.press(x, 10).drag(x + 20, 30).release(x + 30, 40);
  }
  hand.tool = selectTool();
  hand.selected = null;
  ids = hand.shapes.map(({ id }) => id);
});

const lefts = () => hand.shapes.map(({ data }) => ("x" in data ? data.x : null));

describe("choosing several", () => {
  it("Shift adds a shape to those chosen, and takes it out again", () => {
    hand.click(20, 20);
    hand.shift = true;
    hand.click(70, 20);
    expect([...hand.chosen]).toEqual([ids[0], ids[1]]);
    hand.click(20, 20);
    expect([...hand.chosen]).toEqual([ids[1]]);
  });

  it("a band takes what it touches, with Shift besides what was chosen, but not what is hidden", () => {
    hand.press(5, 60).drag(50, 20);
    expect(hand.tool.band).toEqual({ x: 5, y: 20, width: 45, height: 40 });
    hand.drag(80, 20).release(80, 20);
    expect([...hand.chosen]).toEqual([ids[0], ids[1]]);
    expect(hand.tool.path).toBe("select.idle");
    hand.shift = true;
    hand.press(150, 60).drag(130, 35).release(130, 35);
    expect(hand.chosen.size).toBe(3);
    hand.shift = false;
    hand.hidden.add(ids[1] ?? "notes");
    hand.press(5, 60).drag(199, 1).release(199, 1);
    expect([...hand.chosen]).toEqual([ids[0], ids[2]]);
  });

  it("a band drawn inside a shape does not take that shape", () => {
    hand.store.put({ type: "evidence", ...hand.store.fresh(), clauseKey: "hate", data: { kind: "box", part_id: "part-1", asset_sha256: "ab".repeat(32), x: 0, y: 0, width: 200, height: 100 } }, { label: "Draw" });
    const surface = hand.surface;
    expect(shapesOn(hand.store.snapshot(), surface)).toHaveLength(4);
    hand.press(5, 60, { on: "canvas" }).drag(50, 20).release(50, 20);
    expect([...hand.chosen]).toEqual([ids[0]]);
  });

  it("a click on the bare picture lets go of all, Escape of the band", () => {
    hand.chosen = new Set(ids);
    hand.press(5, 90).drag(100, 20).escape();
    expect(hand.chosen.size).toBe(3);
    hand.click(5, 90);
    expect(hand.chosen.size).toBe(0);
  });
});

describe("moving several", () => {
  it("goes together and ends where the picture ends, as one step", () => {
    hand.chosen = new Set(ids.slice(1));
    hand.press(70, 20).drag(90, 30).release(190, 30);
    expect(lefts()).toEqual([10, 120, 170]);
    expect(hand.chosen.size).toBe(2);
    expect(hand.store.undo()).toBe("Move 2 marks");
    expect(lefts()).toEqual([10, 60, 110]);
  });

  it("keeps the places to each other when moved by a way of its own", () => {
    const placed = shapesOn(hand.store.snapshot(), hand.surface);
    expect(coverOf(placed)).toEqual({ x: 10, y: 10, width: 130, height: 30 });
    const moved = movedTogether(placed, { x: -50, y: -50 }, hand.surface);
    expect(moved.map(({ data }) => ("x" in data ? [data.x, data.y] : null))).toEqual([[0, 0], [50, 0], [100, 0]]);
  });

  it("a press without a drag leaves the one pressed", () => {
    hand.chosen = new Set(ids);
    hand.click(70, 20);
    expect([...hand.chosen]).toEqual([ids[1]]);
  });
});

it("several rise one step and keep their own order", () => {
  const order = () => hand.shapes.map(({ id }) => ids.indexOf(id));
  const move = (to: "forward" | "backward" | "front" | "back", ...which: number[]) =>
    reordered(hand.store, shapesOn(hand.store.snapshot(), hand.surface), new Set(which.map((at) => ids[at] ?? "notes")), to);
  move("forward", 0, 1);
  expect(order()).toEqual([2, 0, 1]);
  move("forward", 0, 1);
  expect(order()).toEqual([2, 0, 1]);
  move("backward", 1, 0);
  expect(order()).toEqual([0, 1, 2]);
  move("front", 0, 1);
  expect(order()).toEqual([2, 0, 1]);
  expect(hand.store.undo()).toBe("Bring forward");
  expect(order()).toEqual([0, 1, 2]);
});

describe("merging", () => {
  const table = new FrameTable([0, 100, 200, 300, 400, 500, 600, 700], 800);
  const track = (...frames: number[]): TrackMark => ({
    kind: "track",
    part_id: "p",
    asset_sha256: "a",
    keyframes: frames.map((frame) => ({ frame, pts_us: table.ptsOf(frame), x: frame, y: 5, width: 10, height: 20 })),
  });

  it("makes one track of freely chosen ones in the order of time, and refuses what overlaps", () => {
    const whole = mergedAll([track(6, 7), track(0, 1), track(3, 4)], table);
    expect(whole?.keyframes.filter((key) => key.is_outside !== true).map((key) => key.frame)).toEqual([0, 1, 3, 4, 6, 7]);
    expect(mergedAll([track(0, 3), track(2, 5), track(7)], table)).toBeNull();
  });

  it("makes one painted area of several, with every pixel once", () => {
    const picture = { width: 50, height: 40 };
    const mask = (x: number) => ({ kind: "mask", part_id: "p", asset_sha256: "a", ...maskFields(strokeOf([{ x, y: 20 }], 6, picture), picture) }) as const;
    const united = unitedMasks([mask(15), mask(20), mask(35)]);
    if (united === null) throw new Error("they lie on one picture");
    const [a, b, c] = [mask(15), mask(20), mask(35)].map((one) => areaOf(columnsOf(one)));
    const area = areaOf(columnsOf(united));
    expect(area).toBeGreaterThan((a ?? 0) + (c ?? 0));
    expect(area).toBeLessThan((a ?? 0) + (b ?? 0) + (c ?? 0));
    expect(unitedMasks([mask(15), { ...mask(20), size: [10, 10] }])).toBeNull();
  });
});
