import { describe, expect, it } from "vitest";
import { choiceOf, clauseChoices, modelChoices, NOBODY, predictionOf } from "./models";

const models = [
  { clause_key: "hate", model: "model", version: "3", is_head: true },
  { clause_key: "hate", model: "detector", version: "", is_head: false },
  { clause_key: "spam", model: "filter", version: "1", is_head: false },
];

describe("the model that counts for a clause", () => {
  it("is nobody, or one that proposed something for it", () => {
    expect(modelChoices(models, "hate", undefined).map(({ label }) => label)).toEqual(["No model counts", "Trained here, newest", "Trained here 3", "detector, newest"]);
    expect(choiceOf(undefined)).toBe(NOBODY);
  });

  it("stays to be seen when it proposes nothing any more", () => {
    const chosen = { clause_key: "spam", model: "gone", version: "9", confidence_from: 0.8 };
    expect(modelChoices(models, "spam", chosen).at(-1)).toEqual({ value: choiceOf(chosen), label: "gone 9" });
    expect(predictionOf("spam", choiceOf(chosen), 0.8)).toEqual(chosen);
  });
});

describe("the clauses to sort", () => {
  const asked = [
    { key: "hate", title: "Hate" },
    { key: "spam", title: "Spam" },
  ];

  it("are those asked now that no other row has", () => {
    expect(clauseChoices(asked, "hate", new Set(["hate", "spam"]))).toEqual([{ value: "hate", label: "Hate (hate)" }]);
  });

  it("keep one that is asked no more", () => {
    expect(clauseChoices(asked, "nudity", new Set(["nudity"])).map(({ value }) => value)).toEqual(["nudity", "hate", "spam"]);
  });
});
