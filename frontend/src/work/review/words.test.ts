import { expect, test } from "vitest";
import { everything, lacksWords, reasonsWith, reviewWords, sampleQuery } from "./words";

const reasons = reasonsWith({ code: "ambiguous_prompt", label: "The prompt itself is ambiguous" });

test("a gap in the rule, and what has no name, need words; the others none", () => {
  const needing = reasons.map(({ code }) => code).filter((code) => lacksWords(reasons, code, "  "));
  expect(needing).toEqual(["guideline_gap", "other"]);
  expect(lacksWords(reasons, "guideline_gap", "Half an answer.")).toBe(false);
  expect(lacksWords(reasons, null, "")).toBe(false);
});

test("a review is told in a line", () => {
  const reviewer = { pseudonym: "Quiet Heron", is_simulated: false };
  expect(reviewWords({ outcome: "returned", reviewer, comment: "Look again." })).toBe("Given back by Quiet Heron: Look again.");
  expect(reviewWords({ outcome: "accepted", reviewer, comment: "" })).toBe("Accepted by Quiet Heron");
});

test("only what narrows the sample is asked for", () => {
  expect(sampleQuery(everything)).toEqual({});
  expect(sampleQuery({ percent: 10, seed: 3, person: "Quiet Heron", clauseKey: "helpful", isDisputed: true })).toEqual({
    percent: 10,
    seed: 3,
    person: "Quiet Heron",
    clause_key: "helpful",
    disputed: true,
  });
});
