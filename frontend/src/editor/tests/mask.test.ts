import { describe, expect, it } from "vitest";
import { packRuns, unpackRuns } from "../mask/codec";
import { areaOf, boundsOfColumns, type Columns, fromRuns, isPainted, movedColumns, nothing, strokeOf, toRuns, united, without } from "../mask/columns";

/** A small generator with a seed, so that a failure can be had again. */
function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
}

function pixels(columns: Columns, width: number, height: number): boolean[] {
  const found: boolean[] = [];
  for (let x = 0; x < width; x += 1) for (let y = 0; y < height; y += 1) found.push(isPainted(columns, { x, y }));
  return found;
}

function speckled(seed: number, width: number, height: number): Columns {
  const roll = dice(seed);
  const columns = new Map<number, number[]>();
  for (let x = 0; x < width; x += 1) {
    const stretches: number[] = [];
    for (let y = roll(4); y < height; y += 1 + roll(5)) {
      const end = Math.min(y + 1 + roll(4), height);
      stretches.push(y, end);
      y = end;
    }
    if (stretches.length > 0 && roll(4) > 0) columns.set(x, stretches);
  }
  return columns;
}

describe("run lengths", () => {
  it("are packed as COCO packs them", () => {
    // Worked out by hand from the format: five bits a sign, the sixth says that more follow, 48 added.
    expect(packRuns([4, 4, 4])).toBe("444");
    expect(packRuns([5, 3, 7, 2])).toBe("537O");
    expect(packRuns([100, 1000])).toBe("T3Xo0");
    expect(unpackRuns("537O")).toEqual([5, 3, 7, 2]);
    expect(unpackRuns("T3Xo0")).toEqual([100, 1000]);
  });

  it("come back as they were, whatever they are", () => {
    for (let seed = 1; seed < 40; seed += 1) {
      const roll = dice(seed);
      const runs = Array.from({ length: 1 + roll(60) }, () => (roll(3) === 0 ? roll(3_000_000) : roll(40)));
      expect(unpackRuns(packRuns(runs))).toEqual(runs);
    }
  });

  it("refuse what is none", () => {
    expect(() => unpackRuns("é")).toThrow(RangeError);
    expect(() => unpackRuns("oooooooooooo")).toThrow(RangeError);
    expect(() => fromRuns([3, 2], { width: 2, height: 4 })).toThrow(RangeError);
  });
});

describe("painted columns", () => {
  it("survive the way through run lengths", () => {
    for (let seed = 1; seed < 30; seed += 1) {
      const size = { width: 13, height: 17 };
      const columns = speckled(seed, size.width, size.height);
      expect(pixels(fromRuns(toRuns(columns, size), size), 13, 17)).toEqual(pixels(columns, 13, 17));
    }
    expect(toRuns(nothing, { width: 3, height: 4 })).toEqual([12]);
  });

  it("unite and subtract pixel by pixel", () => {
    for (let seed = 1; seed < 30; seed += 1) {
      const [a, b] = [speckled(seed, 13, 17), speckled(seed + 100, 13, 17)];
      const [inA, inB] = [pixels(a, 13, 17), pixels(b, 13, 17)];
      expect(pixels(united(a, b), 13, 17)).toEqual(inA.map((is, index) => is || inB[index] === true));
      expect(pixels(without(a, b), 13, 17)).toEqual(inA.map((is, index) => is && inB[index] !== true));
      expect(areaOf(a)).toBe(inA.filter(Boolean).length);
    }
  });

  it("are what a round brush passes over, and never outside the picture", () => {
    const size = { width: 40, height: 30 };
    const path = [
      { x: 5, y: 5 },
      { x: 30, y: 12 },
      { x: 44, y: -3 },
    ];
    const painted = strokeOf(path, 4.5, size);
    for (let x = -3; x < 50; x += 1) {
      for (let y = -6; y < 36; y += 1) {
        const middle = { x: x + 0.5, y: y + 0.5 };
        const isOn = path.slice(1).some((to, index) => away(middle, path[index] ?? to, to) <= 4.5);
        const isIn = x >= 0 && y >= 0 && x < size.width && y < size.height;
        expect(isPainted(painted, { x, y }), `${x},${y}`).toBe(isOn && isIn);
      }
    }
    expect(areaOf(strokeOf([{ x: 3.2, y: 3.9 }], 0.1, size))).toBe(1);
    expect(strokeOf([{ x: -9, y: 3 }], 2, size).size).toBe(0);
  });

  it("move in whole pixels, as far as the picture reaches", () => {
    const size = { width: 40, height: 30 };
    const painted = strokeOf([{ x: 10, y: 10 }], 3, size);
    const moved = movedColumns(painted, { x: 2.4, y: 100 }, size);
    expect(boundsOfColumns(moved)).toEqual({ x: 9, y: 24, width: 6, height: 6 });
    expect(areaOf(moved)).toBe(areaOf(painted));
  });
});

function away(point: { x: number; y: number }, from: { x: number; y: number }, to: { x: number; y: number }): number {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const along = Math.min(Math.max(((point.x - from.x) * dx + (point.y - from.y) * dy) / (dx * dx + dy * dy), 0), 1);
  return Math.hypot(point.x - from.x - along * dx, point.y - from.y - along * dy);
}
