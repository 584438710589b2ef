import { describe, expect, it } from "vitest";
import { back, beside, nextWaiting, onward, pathTo, pickedEnd, saidUntil, standingsOf, standingWords, stepped, type TreeTurn, walkOf } from "./walking";

const turn = (id: string, standsOn: string | null, responses: readonly string[], more: Partial<TreeTurn> = {}): TreeTurn => ({
  id,
  stands_on_id: standsOn,
  messages: [{ role: "user", content: `asks ${id}` }],
  responses: responses.map((each) => ({ id: each, text: `says ${each}`, picked: 0 })),
  decisions: [],
  judgments: 0,
  waits: responses.length === 0,
  ...more,
});

/** One question with two answers; of the second two branches, of which one waits. */
const turns = [
  turn("1", null, ["a", "b"], {
    responses: [
      { id: "a", text: "says a", picked: 0 },
      { id: "b", text: "says b", picked: 2 },
    ],
  }),
  turn("2", "b", ["c"]),
  turn("3", "b", []),
];
const walk = walkOf(turns);

describe("walking a conversation", () => {
  it("reads every turn, its responses, and what goes on from each", () => {
    expect(walk.order.map(({ id }) => id)).toEqual(["1", "a", "b", "2", "c", "3"]);
    expect(walk.order.map(({ depth }) => depth)).toEqual([0, 1, 1, 2, 2, 2]);
  });

  it("does not indent a conversation without branches", () => {
    const straight = walkOf([turn("1", null, ["a"]), turn("2", "a", ["b"]), turn("3", "b", [])]);
    expect(new Set(straight.order.map(({ depth }) => depth))).toEqual(new Set([0]));
  });

  it("goes row by row and stops at the ends", () => {
    expect([stepped(walk, "1", 1), stepped(walk, "1", -1), stepped(walk, "3", 1)]).toEqual(["a", "1", "3"]);
  });

  it("goes on to what most people picked, and back", () => {
    expect([onward(walk, "1"), onward(walk, "b"), onward(walk, "3")]).toEqual(["b", "2", "3"]);
    expect([back(walk, "2"), back(walk, "b"), back(walk, "1")]).toEqual(["b", "1", "1"]);
    expect(pickedEnd(walk, "1")).toBe("2");
  });

  it("goes to the branch beside, round to the first", () => {
    expect([beside(walk, "a", 1), beside(walk, "b", 1), beside(walk, "3", -1), beside(walk, "1", 1)]).toEqual(["b", "a", "2", "1"]);
  });

  it("finds the turns that wait, round to the first", () => {
    expect([nextWaiting(walk, "1"), nextWaiting(walk, "3")]).toEqual(["3", "3"]);
    expect(nextWaiting(walkOf([turn("1", null, ["a"])]), "a")).toBe("a");
  });

  it("tells the whole conversation up to a place", () => {
    expect(pathTo(walk, "c").map(({ id }) => id)).toEqual(["1", "b", "2", "c"]);
    expect(saidUntil(walk, "c").map(({ content }) => content)).toEqual(["asks 1", "says b", "asks 2", "says c"]);
  });

  it("keeps a turn whose response is not among those told", () => {
    expect(walkOf([turn("1", null, ["a"]), turn("9", "gone", [])]).order.map(({ id }) => id)).toEqual(["1", "a", "9"]);
  });

  it("says how a response stands against the others", () => {
    const decided = (a: string, b: string, outcome: string) => ({ response_a_id: a, response_b_id: b, clause_key: "helpful", outcome });
    const judged = { decisions: [decided("a", "b", "a"), decided("c", "a", "a"), decided("a", "d", "tie"), decided("a", "e", "none")] };
    const [standing] = standingsOf(judged, "a");
    expect(standing).toEqual({ axis: "helpful", better: 1, worse: 1, even: 1 });
    expect(standing === undefined ? "" : standingWords(standing)).toBe("better than 1, worse than 1, level with 1");
  });
});
