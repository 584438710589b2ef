import { expect, test } from "vitest";
import { missingIn, withAnswer } from "../compare/judgment";
import type { GivenJudgment, ReviewedAxis, ReviewedComparison } from "./reading";
import { amendmentProblem, currentDecision, firstAxis, firstJudgment, inOrder, isApart, judgedOf, names, newestAxes, startOf } from "./told";

const axis = (key: string, meaning = 1): ReviewedAxis => ({
  key,
  title: key,
  question: `Which is more ${key}?`,
  blocks: [],
  meaning_revision: meaning,
  release_id: "release",
});

const judgment = (id: string, value: number, more: Partial<GivenJudgment> = {}): GivenJudgment => ({
  submission_id: id,
  release_id: "release",
  person: { pseudonym: `Person ${id}`, is_simulated: false },
  is_reviewers: false,
  shown_first: "a",
  clause_keys: ["helpful"],
  assessment_is_required: false,
  answers: [{ clause_key: "helpful", meaning_revision: 1, choice: value === 0 ? "tie" : "prefer", value }],
  assessments: [],
  rewrites: [],
  flags: [],
  reason_codes: [],
  reason: "",
  confidence: null,
  active_ms: 0,
  is_late: false,
  is_superseded: false,
  counts: true,
  created_at: "2026-11-22T00:00:00Z",
  reviews: [],
  ...more,
});

const comparison = (more: Partial<ReviewedComparison> = {}): ReviewedComparison => ({
  id: "pair",
  external_id: "pair-1",
  messages: [],
  language: "en",
  post_id: null,
  material_id: null,
  responses: [
    { side: "a", text: "One.", material_id: null },
    { side: "b", text: "Two.", material_id: null },
  ],
  releases: [{ id: "release", label: "r1", title: "Replies", state: "released", clauses: [{ key: "weapons", title: "Weapons", severities: [] }] }],
  axes: [axis("helpful")],
  judgments: [],
  decisions: [],
  acceptance: [],
  ...more,
});

test("people are apart when they mean another outcome, not when one is surer", () => {
  expect(isApart([judgment("1", -1), judgment("2", -3)], axis("helpful"))).toBe(false);
  expect(isApart([judgment("1", -1), judgment("2", 1)], axis("helpful"))).toBe(true);
  expect(isApart([judgment("1", -1), judgment("2", 0)], axis("helpful"))).toBe(true);
  expect(isApart([judgment("1", -1), judgment("2", 1, { counts: false })], axis("helpful"))).toBe(false);
});

test("what counts stands before what does not", () => {
  const order = inOrder([judgment("old", -1, { counts: false, is_superseded: true }), judgment("new", 1)]);
  expect(order.map(({ submission_id }) => submission_id)).toEqual(["new", "old"]);
});

test("the undecided axis is looked at first, unless another was asked for", () => {
  const undecided = {
    id: "d",
    clause_key: "harmless",
    meaning_revision: 1,
    release_id: "release",
    outcome: "none",
    method: "undecided",
    strength: 0,
    p_a_better: 0.5,
    agreement: 0.5,
    votes: 2,
    decided_by: null,
    reason_code: "",
    reason: "",
    created_at: "2026-11-22T00:00:00Z",
    is_current: true,
  } as const;
  const found = comparison({ axes: [axis("helpful"), axis("harmless")], decisions: [undecided] });
  expect(firstAxis(found, null)?.key).toBe("harmless");
  expect(firstAxis(found, "helpful")?.key).toBe("helpful");
  expect(currentDecision(found.decisions, axis("harmless"))?.id).toBe("d");
});

test("of an axis whose meaning changed, the newest meaning is decided on", () => {
  expect(newestAxes([axis("helpful", 1), axis("helpful", 2), axis("harmless")]).map((each) => each.meaning_revision)).toEqual([2, 1]);
});

test("the next judgment to speak on is one that nobody did, of the person looked for", () => {
  const review = { id: "r", outcome: "accepted", comment: "", reviewer: { pseudonym: "Reviewer", is_simulated: false }, created_at: "" } as const;
  const all = [judgment("1", -1, { reviews: [review] }), judgment("2", 1), judgment("3", 1), judgment("own", 1, { is_reviewers: true })];
  expect(firstJudgment(all, null)?.submission_id).toBe("2");
  expect(firstJudgment(all, "Person 3")?.submission_id).toBe("3");
  expect(firstJudgment(all, "Person 1")?.submission_id).toBe("1");
});

test("an amendment starts from what was said, with A first whatever the person saw first", () => {
  const given = judgment("1", 2, {
    shown_first: "b",
    assessments: [{ side: "b", acceptable: false, severity: null, clause_keys: ["weapons"] }],
    reason: "Steps.",
  });
  const start = startOf(given);
  expect(start.axes).toEqual({ helpful: { choice: "prefer", value: 2 } });
  expect(start.opinions.second).toEqual({ acceptable: false, severity: null, clauseKeys: ["weapons"] });
  expect(start.reason).toBe("");
});

test("an amendment that says the same is no amendment", () => {
  const given = judgment("1", 2);
  const judged = judgedOf(comparison(), given);
  const start = startOf(given);
  expect(judged.responses[0]).toEqual({ position: "first", text: "One.", material: null });
  expect(amendmentProblem(given, start, judged, missingIn(start, judged, names))).toBe("Judge otherwise first, or accept it as it is.");
  const other = withAnswer(start, "helpful", { choice: "prefer", value: -1 });
  expect(amendmentProblem(given, other, judged, missingIn(other, judged, names))).toBeNull();
  const required = { ...judged, assessment_is_required: true };
  expect(amendmentProblem(given, other, required, missingIn(other, required, names))).toBe("Say whether the A response is acceptable.");
});
