import { expect, it } from "vitest";
import { fitted, hitAt, isInside, lassoed, nearestTo, nextTowards, onMap, onScreen, type Places, zoomed } from "./geometry";

// Nine posts in three rows and columns, numbered as one reads.
const grid: Places = {
  xs: [0, 0.5, 1, 0, 0.5, 1, 0, 0.5, 1],
  ys: [0, 0, 0, 0.5, 0.5, 0.5, 1, 1, 1],
};
const size = { width: 644, height: 444 };
const whole = fitted(grid, size);

it("the whole map lies in the middle with room around it", () => {
  expect(onScreen(whole, 0.5, 0.5)).toEqual({ x: 322, y: 222 });
  expect(whole.scale).toBe(400);
  expect(onMap(whole, onScreen(whole, 0.3, 0.8)).x).toBeCloseTo(0.3);
});

it("posts in one place and no posts at all have a view too", () => {
  for (const places of [{ xs: [0.5], ys: [0.5] }, { xs: [], ys: [] }]) {
    expect(Number.isFinite(fitted(places, size).scale)).toBe(true);
  }
});

it("coming closer keeps what is under the pointer, and ends somewhere", () => {
  const at = onScreen(whole, 0.25, 0.75);
  let view = zoomed(whole, 3, at, whole);
  expect(onMap(view, at).x).toBeCloseTo(0.25);
  expect(onMap(view, at).y).toBeCloseTo(0.75);
  for (let turn = 0; turn < 40; turn += 1) view = zoomed(view, 2, at, whole);
  expect(view.scale).toBe(whole.scale * 60);
  for (let turn = 0; turn < 40; turn += 1) view = zoomed(view, 0.5, at, whole);
  expect(view.scale).toBe(whole.scale * 0.5);
});

it("a lasso chooses what it goes around, in whichever direction it is drawn", () => {
  const ring = [onScreen(whole, -0.1, -0.1), onScreen(whole, 0.6, -0.1), onScreen(whole, 0.6, 0.6), onScreen(whole, -0.1, 0.6)];
  expect(lassoed(grid, whole, ring)).toEqual([0, 1, 3, 4]);
  expect(lassoed(grid, whole, [...ring].reverse())).toEqual([0, 1, 3, 4]);
});

it("what lies in the bay of a lasso is outside it", () => {
  // Around the top row, the left column and the bottom row, not the middle.
  const ring = [
    [-0.1, -0.1],
    [1.1, -0.1],
    [1.1, 0.2],
    [0.2, 0.2],
    [0.2, 0.8],
    [1.1, 0.8],
    [1.1, 1.1],
    [-0.1, 1.1],
  ].map(([x, y]) => onScreen(whole, x ?? 0, y ?? 0));
  expect(lassoed(grid, whole, ring)).toEqual([0, 1, 2, 3, 6, 7, 8]);
});

it("a lasso that is a line or a point chooses nothing", () => {
  expect(isInside([], 0, 0)).toBe(false);
  expect(lassoed(grid, whole, [onScreen(whole, 0, 0), onScreen(whole, 1, 1)])).toEqual([]);
  expect(lassoed(grid, whole, [])).toEqual([]);
});

it("the nearest posts begin with the one asked about, ties by their order", () => {
  expect(nearestTo(grid, 0, 3)).toEqual([0, 1, 3]);
  expect(nearestTo({ xs: [0.5, 0.5, 1], ys: [0, 0, 0] }, 1, 2)).toEqual([1, 0]);
  expect(nearestTo(grid, 4, 50)).toHaveLength(9);
});

it("the pointer finds the nearest post within reach, at any scale", () => {
  const at = onScreen(whole, 0.5, 0.5);
  expect(hitAt(grid, whole, { x: at.x + 8, y: at.y }, 12)).toBe(4);
  expect(hitAt(grid, whole, { x: at.x + 13, y: at.y }, 12)).toBeNull();
});

it("arrow keys go to the nearest post that way, and stay at the edge", () => {
  expect(nextTowards(grid, 4, "right")).toBe(5);
  expect(nextTowards(grid, 4, "left")).toBe(3);
  expect(nextTowards(grid, 4, "up")).toBe(1);
  expect(nextTowards(grid, 4, "down")).toBe(7);
  expect(nextTowards(grid, 5, "right")).toBeNull();
});
