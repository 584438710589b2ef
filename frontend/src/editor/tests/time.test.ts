import { describe, expect, it } from "vitest";
import { FrameTable } from "../time/frameTable";
import { proxyTable, readFrameTable } from "../time/frameTableFile";
import { rangeOfFrames, rangeOfSound } from "../time/ranges";
import { fasterThan, shuttled, slowerThan } from "../time/shuttle";
import { timecode } from "../time/timecode";

const variable = new FrameTable([0, 33_367, 66_733, 166_833, 200_200], 233_567);
const place = { partId: "p", assetSha256: "a" };

describe("a frame table", () => {
  it("says which frame is on screen at any time", () => {
    expect([-9, 0, 33_366, 33_367, 100_000, 166_833, 9_000_000].map((pts) => variable.frameAt(pts))).toEqual([
      0, 0, 0, 1, 2, 3, 4,
    ]);
  });

  it("sends a player to the middle of a frame, from which rounding cannot lead to its neighbour", () => {
    for (let frame = 0; frame < variable.count; frame += 1) {
      const middle = variable.seekSeconds(frame) * 1e6;
      expect(variable.frameAt(middle)).toBe(frame);
      expect(variable.frameAt(middle + 1_000)).toBe(frame);
    }
  });

  it("recognises a frame by a time its decoder rounded", () => {
    expect(variable.frameNearest(33_000)).toBe(1);
    expect(variable.frameNearest(66_734)).toBe(2);
    expect(variable.frameNearest(0)).toBe(0);
    expect(variable.frameNearest(9e9)).toBe(4);
  });

  it("ends its last frame where the video ends", () => {
    expect(variable.endOf(4)).toBe(233_567);
    expect(new FrameTable([0, 40_000], 0).endOf(1)).toBe(80_000);
  });

  it("has at least one frame", () => {
    expect(() => new FrameTable([], 0)).toThrow(RangeError);
  });
});

describe("the stored table", () => {
  function stored(times: readonly number[]): ArrayBuffer {
    const buffer = new ArrayBuffer(16 + 4 * (times.length - 1) + Math.ceil(times.length / 8));
    const view = new DataView(buffer);
    view.setUint32(0, 0x43465431, false);
    view.setUint32(4, times.length, true);
    view.setBigInt64(8, BigInt(times[0] ?? 0), true);
    times.slice(1).forEach((time, index) => view.setUint32(16 + 4 * index, time - (times[index] ?? 0), true));
    return buffer;
  }

  it("reads back to the microsecond, from a start that is not zero", () => {
    const table = readFrameTable(stored([-21_333, 12_034, 45_400]), 100_000);
    expect(table.ptsUs).toEqual([-21_333, 12_034, 45_400]);
    expect(table.endOf(2)).toBe(78_667);
  });

  it("is refused when it is cut", () => {
    expect(() => readFrameTable(stored([0, 1]).slice(0, 18), null)).toThrow(RangeError);
    expect(() => readFrameTable(new ArrayBuffer(4), null)).toThrow(RangeError);
  });

  it("maps one to one onto the proxy, whose times are whole milliseconds from zero", () => {
    const proxy = proxyTable(new FrameTable([1_000_000, 1_000_100, 1_033_367, 1_066_733], 1_100_000));
    expect(proxy.ptsUs).toEqual([0, 1_000, 33_000, 67_000]);
    expect(proxy.durationUs).toBe(100_000);
  });
});

it("halves of a millisecond are rounded as the server rounds them: at 29.97 a second every thirtieth frame is one", () => {
  expect(proxyTable(new FrameTable([0, 500_500, 1_001_000, 1_501_500], 2_002_000)).ptsUs).toEqual([0, 500_000, 1_001_000, 1_502_000]);
});

describe("ranges", () => {
  it("hold both frames, whichever was set first", () => {
    const range = rangeOfFrames(place, variable, 3, 1);
    expect(range).toMatchObject({ start_frame: 1, end_frame: 3, start_us: 33_367, end_us: 200_200 });
    expect(rangeOfFrames(place, variable, 2, 2)).toMatchObject({ start_us: 66_733, end_us: 166_833 });
  });

  it("of sound stay inside it, and have a length", () => {
    expect(rangeOfSound(place, 900, -5, 800)).toMatchObject({ start_us: 0, end_us: 800 });
    expect(rangeOfSound(place, 5, 5, 800)).toBeNull();
  });
});

describe("the shuttle", () => {
  it("gets faster in its direction, turns at once, and stops", () => {
    expect(["l", "l", "l", "l"].reduce((speed, key) => shuttled(speed, key as "l"), 0)).toBe(4);
    expect(shuttled(4, "j")).toBe(-1);
    expect(shuttled(-2, "k")).toBe(0);
  });

  it("has speeds between a tenth and four", () => {
    expect(slowerThan(0.1)).toBe(0.1);
    expect(slowerThan(1)).toBe(0.5);
    expect(fasterThan(2)).toBe(4);
  });
});

it("times are read as people write them", () => {
  expect(timecode(0)).toBe("0:00.000");
  expect(timecode(62_345_678)).toBe("1:02.345");
  expect(timecode(3_600_000_000, 0)).toBe("1:00:00");
  expect(timecode(-1_500_000, 1)).toBe("−0:01.5");
});
