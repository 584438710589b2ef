import { describe, expect, it } from "vitest";
import { askedFor, chanceOf, groupsOf, monthWords, pullOf, resultOf, signed, stretchOf, ticksOf, WHOLE, type Board, type Rating } from "./figures";

const rating = (name: string, group: number, score: number): Rating => ({
  name,
  group,
  rank: 1,
  score,
  low: score - 0.3,
  high: score + 0.3,
  comparisons: 10,
  held: 0.05,
  is_held: false,
});

const board: Board = {
  ratings: [rating("a", 0, 0.5), rating("b", 0, -0.5), rating("c", 1, 0)],
  meetings: [{ name: "a", other: "b", wins: 6, losses: 2, ties: 2 }],
  groups: 2,
  rests_on_prior: false,
  sways: [{ name: "side", size: 0.2, low: 0.1, high: 0.3 }],
  tie_weight: 0.4,
  level: 0.95,
  answers: 10,
  rests_on: { answers: 10, comparisons: 10, people: 2, newest_at: null },
  choices: { language: [], cited: [], month: [], release: [] },
  periods: [],
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
    const side = (low: number | null): Board => ({ ...board, sways: [{ name: "side", size: 0.2, low, high: low === null ? null : 0.3 }] });
    expect(pullOf(board, "side")).toMatchObject({ isClear: true });
    expect(pullOf(side(-0.05), "side")).toMatchObject({ isClear: false });
    expect(pullOf(side(null), "side")).toMatchObject({ low: null, isClear: false });
    expect(pullOf(board, "length")).toBeNull();
  });

  it("ask only for what was narrowed, an unnamed language included", () => {
    expect(askedFor(null, WHOLE)).toEqual({});
    expect(askedFor("helpful", { ...WHOLE, language: "", over: "month" })).toEqual({ clause_key: "helpful", language: "", over: "month" });
  });

  it("write a month in words", () => {
    expect(monthWords("2026-11")).toBe("November 2026");
    expect(monthWords("tone@2")).toBe("tone@2");
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
