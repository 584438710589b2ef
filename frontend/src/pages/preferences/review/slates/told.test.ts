import { expect, test } from "vitest";
import { missingIn, toDocument } from "../../compare/judgment";
import type { GivenAnswer, ReviewedSlate, SlatePair } from "./reading";
import { answerProblem, answersInOrder, axisToBegin, firstAnswer, judgedSlateOf, letters, pairsToDecide, saidOf, startOfAnswer } from "./told";

const axis = (key: string) => ({ key, title: key, question: `${key}?`, blocks: [], meaning_revision: 1, release_id: "release" });
const place = (at: number, value: number) => ({ clause_key: "helpful", meaning_revision: 1, place: at, value });

const answer = (id: string, more: Partial<GivenAnswer> = {}): GivenAnswer => ({
  submission_id: id,
  release_id: "release",
  form: "ranking",
  person: { pseudonym: `Person ${id}`, is_simulated: false },
  is_reviewers: false,
  shown: [2, 0, 1],
  clause_keys: ["helpful"],
  assessment_is_required: false,
  placements: [place(0, 1), place(2, 1)],
  opinions: [{ place: 1, acceptable: false, severity: null, clause_keys: ["weapons"] }],
  flags: [],
  reason_codes: [],
  reason: "Short.",
  confidence: null,
  active_ms: 0,
  is_late: false,
  is_superseded: false,
  counts: true,
  created_at: "2026-11-22T00:00:00Z",
  reviews: [],
  ...more,
});

const pair = (one: number, other: number, method: "undecided" | "unanimous"): SlatePair => ({
  comparison_id: `${one}-${other}`,
  one,
  other,
  decisions: [
    {
      id: `${one}-${other}`,
      clause_key: "helpful",
      meaning_revision: 1,
      release_id: "release",
      outcome: method === "undecided" ? "none" : "a",
      method,
      strength: 0,
      p_a_better: 0.5,
      agreement: 0.5,
      votes: 2,
      decided_by: null,
      reason_code: "",
      reason: "",
      created_at: "2026-11-22T00:00:00Z",
      is_current: true,
    },
  ],
});

const slate = (more: Partial<ReviewedSlate> = {}): ReviewedSlate => ({
  id: "slate",
  external_id: "slate-1",
  messages: [],
  language: "en",
  post_id: null,
  material_id: null,
  responses: [0, 1, 2].map((at) => ({ place: at, text: `Response ${at}.`, material_id: null })),
  releases: [{ id: "release", label: "r1", title: "Replies", state: "released", clauses: [{ key: "weapons", title: "Weapons", severities: [] }] }],
  axes: [axis("harmless"), axis("helpful")],
  answers: [],
  ratings: [],
  pairs: [],
  ...more,
});

test("what a person said is told by place, whatever order they saw", () => {
  expect(saidOf(answer("1"), axis("helpful"), 0)).toBe("Rank 1");
  expect(saidOf(answer("1"), axis("helpful"), 1)).toBe("The rest");
  expect(saidOf(answer("1"), axis("harmless"), 1)).toBeNull();
  expect(saidOf(answer("1", { form: "best_worst", placements: [place(0, 2), place(1, 1)] }), axis("helpful"), 2)).toBe("");
  expect([letters.first, letters.tenth]).toEqual(["A", "J"]);
});

test("an undecided pair comes first, and its axis too", () => {
  const found = slate({ pairs: [pair(0, 1, "unanimous"), pair(1, 2, "undecided")] });
  expect(pairsToDecide(found, axis("helpful")).map(({ comparison_id: id }) => id)).toEqual(["1-2", "0-1"]);
  expect(pairsToDecide(found, axis("harmless"))).toEqual([]);
  expect(axisToBegin(found, found.axes, null)?.key).toBe("helpful");
  expect(axisToBegin(found, found.axes, "harmless")?.key).toBe("harmless");
});

test("the answer to speak on is one that counts and nobody did", () => {
  const review = { id: "r", outcome: "accepted", comment: "", reviewer: { pseudonym: "Reviewer", is_simulated: false }, created_at: "" } as const;
  const all = [answer("old", { counts: false }), answer("1", { reviews: [review] }), answer("own", { is_reviewers: true }), answer("2")];
  expect(firstAnswer(all, null)?.submission_id).toBe("2");
  expect(firstAnswer(all, "Person 1")?.submission_id).toBe("1");
  expect(answersInOrder(all).at(-1)?.submission_id).toBe("old");
});

test("an amendment starts from what was said and must say something else", () => {
  const given = answer("1");
  const judged = judgedSlateOf(slate(), given);
  expect(judged.axes.map(({ key }) => key)).toEqual(["helpful"]);
  const start = startOfAnswer(given);
  expect(start.places).toEqual({ helpful: { first: 1, third: 1 } });
  expect(start.reason).toBe("");
  expect(toDocument(start, judged).responses).toEqual([{ position: "second", acceptable: false, severity: null, clause_keys: ["weapons"] }]);
  expect(answerProblem(given, start, judged, missingIn(start, judged, letters))).toBe("Judge otherwise first, or accept it as it is.");
  const other = { ...start, places: { helpful: { second: 1 } } };
  expect(answerProblem(given, other, judged, missingIn(other, judged, letters))).toBeNull();
});
