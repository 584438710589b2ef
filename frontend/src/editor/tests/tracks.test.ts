import { describe, expect, it } from "vitest";
import { type BoxShape, type PointShape, type PolygonShape, type TrackMark } from "../records";
import { FrameTable } from "../time/frameTable";
import { boxTool } from "../tools/box";
import { type Surface } from "../tools/tool";
import { Hand, onShape } from "./hand";
import { endingAt, endOf, merged, neighbour, pinned, seenFrom, split, startingAt, startOf, stretches, withoutKeyframe } from "../time/trackEdits";
import { followedKind, reshaped, shapeAt, trackAt, trackOf } from "../time/tracks";

// Frames 3 and 4 are far apart: what moves evenly in time does not move evenly by frames.
const table = new FrameTable([0, 100, 200, 300, 700, 800, 900, 1000], 1100);
const at = (frame: number) => ({ frame, ptsUs: table.ptsOf(frame) });
const place = { part_id: "p", asset_sha256: "a" };
const box = (frame: number, x: number): BoxShape => ({ kind: "box", ...place, frame, pts_us: table.ptsOf(frame), x, y: 5, width: 10, height: 20 });

function followed(...shapes: (BoxShape | PointShape | PolygonShape)[]): TrackMark {
  const [first, ...later] = shapes;
  const start = first === undefined ? null : trackOf(first);
  if (start === null) throw new Error("A track needs a shape on a frame.");
  return later.reduce<TrackMark>((track, shape) => {
    const next = reshaped(track, shape, at(shape.frame ?? 0));
    return next.kind === "track" ? next : track;
  }, start);
}
const xs = (track: TrackMark | null | undefined) => track?.keyframes.map((key) => [key.frame, "x" in key ? key.x : null]);

describe("a track", () => {
  const track = followed(box(1, 0), box(5, 70));

  it("moves evenly in time, not by frames", () => {
    expect([1, 2, 3, 4, 5].map((frame) => shapeAt(track, at(frame)))).toMatchObject([{ x: 0 }, { x: 10 }, { x: 20 }, { x: 60 }, { x: 70 }]);
    expect(shapeAt(track, at(4))).toMatchObject({ kind: "box", frame: 4, pts_us: 700, width: 10 });
  });

  it("stands from its first keyframe to its last; beyond, only who asks sees where it was", () => {
    expect(shapeAt(track, at(0))).toBeNull();
    expect(shapeAt(track, at(6))).toBeNull();
    expect(shapeAt(track, at(6), { beyond: true })).toMatchObject({ x: 70 });
    expect(trackAt(track, at(0))).toMatchObject({ isBeyond: true, isKeyframe: false });
    expect(trackAt(track, { frame: null, ptsUs: null })).toBeNull();
  });

  it("bends where a hand moves it, and grows when it is moved beyond its end", () => {
    const bent = reshaped(track, box(3, 50), at(3));
    expect(xs(bent as TrackMark)).toEqual([[1, 0], [3, 50], [5, 70]]);
    expect(xs(reshaped(track, box(7, 90), at(7)) as TrackMark)).toEqual([[1, 0], [5, 70], [7, 90]]);
    expect(xs(reshaped(bent, box(3, 40), at(3)) as TrackMark)).toEqual([[1, 0], [3, 40], [5, 70]]);
  });

  it("follows outlines and points too", () => {
    const outline = (frame: number, x: number, more: [number, number][] = []): PolygonShape => ({
      kind: "polygon", ...place, frame, pts_us: table.ptsOf(frame), points: [[x, 0], [x + 10, 0], [x, 10], ...more],
    });
    const even = followed(outline(0, 0), outline(2, 20));
    expect(followedKind(even)).toBe("polygon");
    expect(shapeAt(even, at(1))).toMatchObject({ points: [[10, 0], [20, 0], [10, 10]] });
    const uneven = followed(outline(0, 0), outline(2, 20, [[5, 5]]));
    expect(shapeAt(uneven, at(1))).toMatchObject({ points: [[0, 0], [10, 0], [0, 10]] });
    const point = (frame: number, x: number): PointShape => ({ kind: "point", ...place, frame, pts_us: table.ptsOf(frame), x, y: x });
    expect(shapeAt(followed(point(0, 0), point(4, 70)), at(3))).toMatchObject({ kind: "point", x: 30, y: 30 });
  });

  it("turns the shorter way round", () => {
    const turned = followed({ ...box(0, 0), rotation: 350 }, { ...box(4, 0), rotation: 20 });
    expect(shapeAt(turned, at(1))).toMatchObject({ rotation: 354.3 });
    expect(shapeAt(turned, at(3))).toMatchObject({ rotation: 2.9 });
  });

  it("starts from a shape on a frame only; plain shapes are themselves on every frame", () => {
    expect(trackOf({ ...box(0, 0), frame: null, pts_us: null })).toBeNull();
    expect(shapeAt(box(3, 1), at(0))).toMatchObject({ x: 1 });
    expect(reshaped(box(3, 1), box(3, 9), at(3))).toMatchObject({ kind: "box", x: 9 });
    expect(shapeAt({ kind: "whole_post" }, at(0))).toBeNull();
  });
});

describe("editing a track", () => {
  const track = followed(box(1, 0), box(5, 70));

  it("hides from a frame on until the next keyframe", () => {
    const away = seenFrom(track, table, 3, { is_outside: true });
    expect([2, 3, 4, 5].map((frame) => shapeAt(away, at(frame)) !== null)).toEqual([true, false, false, true]);
    expect(stretches(away)).toEqual([{ from: 1, to: 3, isOccluded: false }, { from: 5, to: 5, isOccluded: false }]);
    const back = seenFrom(away, table, 3, { is_outside: false });
    expect(shapeAt(back, at(4))).toMatchObject({ x: 60 });
    expect(seenFrom(track, table, 7, { is_outside: true })).toBe(track);
  });

  it("is occluded from a frame on, and stays so where a hand moves it meanwhile", () => {
    const hidden = seenFrom(track, table, 2, { is_occluded: true });
    expect(trackAt(hidden, at(4))).toMatchObject({ isOccluded: true, isOutside: false });
    expect(trackAt(reshaped(hidden, box(3, 0), at(3)) as TrackMark, at(3))).toMatchObject({ isOccluded: true, isKeyframe: true });
    expect(trackAt(hidden, at(5))).toMatchObject({ isOccluded: false });
  });

  it("splits into two that stand where it stood, and merges them into what it was", () => {
    const halves = split(track, table, 4);
    expect(halves?.map(xs)).toEqual([[[1, 0], [3, 20]], [[4, 60], [5, 70]]]);
    const again = halves === null ? null : merged(halves[1], halves[0], table);
    for (const frame of [1, 2, 3, 4, 5]) expect(again && shapeAt(again, at(frame))).toEqual(shapeAt(track, at(frame)));
    expect(split(track, table, 1)).toBeNull();
    expect(split(track, table, 6)).toBeNull();
  });

  it("leaves the gap between merged tracks outside: nothing was marked there", () => {
    const whole = merged(followed(box(0, 0), box(1, 10)), followed(box(5, 50), box(6, 60)), table);
    expect([1, 2, 4, 5].map((frame) => whole && shapeAt(whole, at(frame)) !== null)).toEqual([true, false, false, true]);
    expect(merged(track, followed(box(4, 0)), table)).toBeNull();
    expect(merged(track, { ...followed(box(7, 0)), part_id: "q" }, table)).toBeNull();
  });

  it("is made longer or shorter at either end", () => {
    expect(xs(endingAt(track, table, 7))).toEqual([[1, 0], [5, 70], [7, 70]]);
    expect(xs(endingAt(track, table, 3))).toEqual([[1, 0], [3, 20]]);
    expect(xs(startingAt(track, table, 0))).toEqual([[0, 0], [1, 0], [5, 70]]);
    expect(xs(startingAt(track, table, 4))).toEqual([[4, 60], [5, 70]]);
    expect(endingAt(track, table, 0)).toBeNull();
    expect(startingAt(track, table, 6)).toBeNull();
    expect([startOf(track), endOf(track)]).toEqual([1, 5]);
  });

  it("gains and loses keyframes, but never its last", () => {
    const more = pinned(track, table, 2);
    expect(xs(more)).toEqual([[1, 0], [2, 10], [5, 70]]);
    expect(xs(withoutKeyframe(more, 5))).toEqual([[1, 0], [2, 10]]);
    expect(withoutKeyframe(followed(box(0, 0)), 0)).toBeNull();
    expect(neighbour(more, 2, 1)?.frame).toBe(5);
    expect(neighbour(more, 1, -1)).toBeNull();
  });
});

describe("drawing where things are followed", () => {
  const onFrame = (frame: number): Surface => ({
    partId: "p",
    assetSha256: "a",
    size: { width: 200, height: 100 },
    ...at(frame),
    follows: true,
  });

  it("begins a track in one step; moving it on another frame bends it", () => {
    const hand = new Hand(boxTool());
    hand.surface = onFrame(1);
    hand.press(10, 10).drag(40, 30).release(60, 50);
    const track = hand.shapes[0]?.data;
    expect(track).toMatchObject({ kind: "track", keyframes: [{ frame: 1, pts_us: 100, x: 10, y: 10, width: 50, height: 40 }] });
    expect(track).not.toHaveProperty("frame");
    hand.surface = onFrame(5);
    const id = hand.shapes[0]?.id;
    if (id === undefined) throw new Error("Nothing was drawn.");
    hand.press(20, 20, onShape(id)).drag(60, 20).release(90, 20);
    expect(hand.shapes[0]?.data).toMatchObject({ keyframes: [{ frame: 1, x: 10 }, { frame: 5, pts_us: 800, x: 80 }] });
    hand.store.undo();
    hand.store.undo();
    expect(hand.shapes).toEqual([]);
  });
});
