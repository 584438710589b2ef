import { describe, expect, it } from "vitest";
import type { BoxShape } from "@/editor/records";
import type { Suggestible } from "../canvas/painting/scene";
import { besideShape } from "../suggestions/beside";
import { suggestedAt, taggedAt } from "../suggestions/hitting";
import { timeOf } from "../suggestions/items";

const view = { scale: 0.5, x: 10, y: 0 };
const room = { width: 400, height: 300 };
const bar = { width: 100, height: 30 };

function box(item: string, x: number, y: number, width: number, height: number, isCurrent = false): Suggestible {
  const shape: BoxShape = { kind: "box", part_id: "p", asset_sha256: "a", x, y, width, height };
  const record = { type: "evidence", id: `evidence:suggestion:${item}`, clauseKey: "hate", order: 0, data: shape } as const;
  return { record, shape, item, words: "0.91", isCurrent, isKeyframe: true, isOccluded: false, isGhost: false };
}

describe("a suggested shape", () => {
  it("is chosen by a click in it, the smallest first, and by clicking again the next larger one", () => {
    const shapes = (current?: string) => [box("small", 40, 40, 20, 20, current === "small"), box("large", 0, 0, 200, 200, current === "large")];
    const at = { x: 50, y: 50 };
    expect(suggestedAt(at, 2, shapes(), "box")?.item).toBe("small");
    expect(suggestedAt(at, 2, shapes("small"), "box")?.item).toBe("large");
    expect(suggestedAt(at, 2, shapes("large"), "select")?.item).toBe("small");
    expect(suggestedAt({ x: 150, y: 150 }, 2, shapes(), "select")?.item).toBe("large");
    expect(suggestedAt({ x: 900, y: 900 }, 2, shapes(), "select")).toBeNull();
  });

  it("does not take the click from a tool that makes something of one; its tag is a button all the same", () => {
    const shapes = [box("one", 100, 100, 200, 100)];
    for (const tool of ["brush", "eraser", "point", "polygon", "polyline"] as const) expect(suggestedAt({ x: 150, y: 150 }, 2, shapes, tool)).toBeNull();
    expect(taggedAt({ x: 65, y: 40 }, shapes, view)?.item).toBe("one");
    expect(taggedAt({ x: 150, y: 80 }, shapes, view)).toBeNull();
  });
});

describe("the bar beside a suggested shape", () => {
  it("stands below it, above it where there is no room, and never outside the window", () => {
    const place = (x: number, y: number, width: number, height: number) => besideShape({ x, y, width, height }, view, room, bar);
    expect(place(100, 100, 200, 100)).toEqual({ x: 60, y: 106 });
    expect(place(100, 400, 200, 180)).toEqual({ x: 60, y: 152 });
    expect(place(100, 0, 200, 600)).toEqual({ x: 60, y: 264 });
    expect(place(700, 100, 60, 60)).toEqual({ x: 300, y: 86 });
    expect(place(-40, 100, 60, 60)?.x).toBe(0);
  });

  it("is not there while the shape is zoomed out of sight", () => {
    expect(besideShape({ x: 2_000, y: 0, width: 10, height: 10 }, view, room, bar)).toBeNull();
  });
});

describe("where a suggested mark lies in time", () => {
  const place = { part_id: "p", asset_sha256: "a" };

  it("is a stretch, a moment, or none", () => {
    expect(timeOf({ kind: "time_range", ...place, start_us: 5, end_us: 9, start_frame: 0, end_frame: 1 }, "p")).toEqual({ startUs: 5, endUs: 9 });
    expect(timeOf({ kind: "frame", ...place, frame: 3, pts_us: 100 }, "p")).toEqual({ startUs: 100, endUs: 100 });
    expect(timeOf({ kind: "frame", ...place, frame: 3, pts_us: 100 }, "another")).toBeNull();
    expect(timeOf({ kind: "box", ...place, x: 0, y: 0, width: 1, height: 1 }, "p")).toBeNull();
    expect(timeOf({ kind: "whole_post" }, "p")).toBeNull();
  });
});
