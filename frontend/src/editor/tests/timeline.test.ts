import { describe, expect, it } from "vitest";
import { FrameTable } from "../time/frameTable";
import { rangeOfFrames, rangeOfSound, rangeWithEdge } from "../time/ranges";
import { snapped, soundEdges } from "../time/snapping";
import { isWhole, scrolled, shareAt, showing, ticks, usAt, wholeView, zoomed } from "../time/viewport";

const hour = 3_600_000_000;

describe("a view of the time line", () => {
  it("comes closer around a place that stays where it is, and never leaves the running time", () => {
    const whole = wholeView(hour);
    const closer = zoomed(whole, hour, 4, hour / 2);
    expect(closer).toEqual({ startUs: hour * 0.375, endUs: hour * 0.625 });
    expect(shareAt(closer, hour / 2)).toBeCloseTo(0.5);
    expect(zoomed(whole, hour, 4, 0)).toEqual({ startUs: 0, endUs: hour / 4 });
    expect(isWhole(zoomed(closer, hour, 1 / 100, 0), hour)).toBe(true);
    const closest = zoomed(whole, hour, 1e9, 7);
    expect(closest.endUs - closest.startUs).toBe(40_000);
  });

  it("scrolls to the ends and no further, and turns the page to a time it does not show", () => {
    const view = { startUs: 100, endUs: 200 };
    expect(scrolled(view, 1000, -500)).toEqual({ startUs: 0, endUs: 100 });
    expect(scrolled(view, 1000, 5000)).toEqual({ startUs: 900, endUs: 1000 });
    expect(showing(view, 1000, 150)).toBe(view);
    expect(showing(view, 1000, 400)).toEqual({ startUs: 390, endUs: 490 });
    expect(showing(view, 1000, 99)).toEqual({ startUs: 9, endUs: 109 });
    expect(usAt(view, 0.25)).toBe(125);
  });

  it("is written along with round times", () => {
    expect(ticks({ startUs: 0, endUs: 10e6 }, 6)).toEqual([0, 2e6, 4e6, 6e6, 8e6, 10e6]);
    expect(ticks({ startUs: 1_050_000, endUs: 1_350_000 }, 4)).toEqual([1_100_000, 1_200_000, 1_300_000]);
  });
});

describe("snapping", () => {
  it("goes to the nearest place that is near enough", () => {
    expect(snapped(105, [0, 100, 108], 10)).toBe(108);
    expect(snapped(50, [0, 100], 10)).toBe(50);
  });

  it("knows where sound begins and ends, but not each short pause", () => {
    const loud = Array.from({ length: 100 }, (_, index) => ((index >= 20 && index < 60) || index === 80 ? 1 : 50));
    const outline = { low: loud.map((value) => -value), high: loud, peakUs: 10_000 };
    expect(soundEdges(outline)).toEqual([200_000, 600_000]);
    expect(soundEdges({ low: [], high: [], peakUs: 10_000 })).toEqual([]);
    expect(soundEdges({ low: Array<number>(30).fill(0), high: Array<number>(30).fill(0), peakUs: 10_000 })).toEqual([]);
  });
});

it("an edge of a range goes to another frame, or time of a sound, and past the other edge it turns over", () => {
  const table = new FrameTable([0, 40, 80, 120, 160], 200);
  const place = { partId: "p", assetSha256: "a" };
  const range = rangeOfFrames(place, table, 1, 3);
  expect(rangeWithEdge(range, "end", { frame: 4, us: 160 }, table, 200)).toMatchObject({ start_frame: 1, end_frame: 4, end_us: 200 });
  expect(rangeWithEdge(range, "end", { frame: 0, us: 0 }, table, 200)).toMatchObject({ start_frame: 0, end_frame: 1 });
  expect(rangeWithEdge(range, "start", { frame: null, us: 90 }, table, 200)).toMatchObject({ start_frame: 2, start_us: 80 });
  const sound = rangeOfSound(place, 100, 200, 500);
  expect(sound && rangeWithEdge(sound, "start", { frame: null, us: 300 }, null, 500)).toMatchObject({ start_us: 200, end_us: 300 });
});
