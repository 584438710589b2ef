import { describe, expect, it } from "vitest";
import { definitionOf, firstChoices } from "./choices";

describe("the definition of a dataset", () => {
  it("is what the server takes by default", () => {
    expect(definitionOf(firstChoices)).toEqual({
      release_id: null,
      clauses: [],
      axes: [],
      languages: [],
      include_stale: false,
      include_simulated: true,
      replies: ["rewrites"],
      p_chosen_threshold: 0.6,
      axis_conflict: "exclude",
      splits: { train: 0.8, validation: 0.1, test: 0.1 },
      licence: "",
    });
  });

  it("gives train what the other splits leave", () => {
    const definition = definitionOf({ ...firstChoices, validationPercent: 0, testPercent: 33 });
    expect(definition.splits).toEqual({ train: 0.67, validation: 0, test: 0.33 });
  });
});
