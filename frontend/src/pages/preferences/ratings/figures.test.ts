import { describe, expect, it } from "vitest";
import { chanceOf, groupsOf, pullOf, resultOf, signed, stretchOf, ticksOf, type Board, type Rating } from "./figures";

const rating = (name: string, group: number, score: number): Rating => ({
  name,
  group,
  rank: 1,
  score,
  low: score - 0.3,
  high: score + 0.3,
  comparisons: 10,
});

const board: Board = {
  ratings: [rating("a", 0, 0.5), rating("b", 0, -0.5), rating("c", 1, 0)],
  meetings: [{ name: "a", other: "b", wins: 6, losses: 2, ties: 2 }],
  groups: 2,
  rests_on_prior: false,
  side_effect: 0.2,
  side_effect_error: 0.05,
  tie_weight: 0.4,
  level: 0.95,
  answers: 10,
};

describe("ratings", () => {
  it("read a score as the chance to be preferred", () => {
    expect(chanceOf(0)).toBe(0.5);
    expect(chanceOf(Math.log(3))).toBeCloseTo(0.75);
  });

  it("keep the groups apart, the largest first", () => {
    expect(groupsOf(board).map((group) => group.map((each) => each.name))).toEqual([["a", "b"], ["c"]]);
  });

  it("say whether the first place pulls beyond doubt", () => {
    expect(pullOf(board)).toMatchObject({ isClear: true });
    expect(pullOf({ ...board, side_effect: 0.05 }).isClear).toBe(false);
    expect(pullOf({ ...board, side_effect_error: null })).toMatchObject({ low: null, isClear: false });
  });

  it("turn a meeting to either side", () => {
    expect(resultOf(board.meetings, "a", "b")).toEqual({ wins: 6, losses: 2, ties: 2, share: 0.7 });
    expect(resultOf(board.meetings, "b", "a")).toEqual({ wins: 2, losses: 6, ties: 2, share: 0.3 });
    expect(resultOf(board.meetings, "a", "c")).toBeNull();
  });

  it("draw every interval and zero, with round marks", () => {
    const { from, to } = stretchOf(board.ratings);
    expect(from).toBeLessThan(-0.8);
    expect(to).toBeGreaterThan(0.8);
    const ticks = ticksOf(from, to);
    expect(ticks.some((tick) => Math.abs(tick) < 1e-9)).toBe(true);
    expect(ticks.length).toBeGreaterThanOrEqual(3);
    expect(ticks.every((tick) => tick >= from && tick <= to)).toBe(true);
  });

  it("write signs that line up", () => {
    expect([signed(0.421), signed(-1.1), signed(-0.001)]).toEqual(["+0.42", "−1.10", "0.00"]);
  });
});
