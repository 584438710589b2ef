import { describe, expect, it } from "vitest";
import type { Position } from "../bundle";
import { isPlaced, nextOpen, placeWords, ranksOf, stepsOf, withEnd, withoutPlace, withPlace } from "./placing";

const shown: readonly Position[] = ["first", "second", "third"];

describe("a ranking", () => {
  it("is answered by one rank: what is nowhere is the rest", () => {
    expect(isPlaced("ranking", {}, shown)).toBe(false);
    expect(isPlaced("ranking", { third: 1 }, shown)).toBe(true);
    expect(ranksOf({ third: 1 }, shown).rest).toEqual(["first", "second"]);
  });

  it("holds ties", () => {
    const places = withPlace(withPlace({}, "first", 2), "third", 2);
    expect(ranksOf(places, shown).ranks[1]).toEqual({ rank: 2, positions: ["first", "third"] });
    expect(withoutPlace(places, "first")).toEqual({ third: 2 });
  });

  it("goes on to the next response without a place, round the end", () => {
    expect(nextOpen({ third: 1 }, shown, "third")).toBe("first");
    expect(nextOpen({ first: 1, second: 1, third: 1 }, shown, "third")).toBeNull();
  });
});

describe("best and worst", () => {
  it("are one response each, and another takes its end away", () => {
    const named = withEnd(withEnd({}, "first", 1), "second", 2);
    expect(isPlaced("best_worst", named, shown)).toBe(true);
    expect(withEnd(named, "third", 1)).toEqual({ second: 2, third: 1 });
    expect(withEnd(named, "second", 1)).toEqual({ second: 1 });
  });

  it("are taken back by naming them again", () => {
    expect(withEnd({ first: 1 }, "first", 1)).toEqual({});
  });
});

it("ratings are of every response", () => {
  expect(isPlaced("rating", { first: 0, second: 4 }, shown)).toBe(false);
  expect(isPlaced("rating", { first: 0, second: 4, third: 2 }, shown)).toBe(true);
  expect(placeWords("rating", 0)).toBe("0: Very poor");
});

it("the steps of an axis are its release's own, and the usual ones where it names none", () => {
  const axis = { answers: [{ value: "0", label: "Wrong" }, { value: "1", label: "Right" }] };
  expect(stepsOf(axis)).toEqual([{ value: 0, label: "Wrong" }, { value: 1, label: "Right" }]);
  expect(placeWords("rating", 1, axis)).toBe("1: Right");
  expect(stepsOf({ answers: [] })).toHaveLength(5);
  expect(stepsOf(undefined)).toHaveLength(5);
});
