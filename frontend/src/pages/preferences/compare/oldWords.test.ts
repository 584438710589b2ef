import { expect, it } from "vitest";
import type { DeskModel } from "./model";
import { oldWords } from "./OldWords";

const model = {
  bundle: {
    axes: [{ key: "helpful", title: "Helpfulness" }],
    clauses: [{ key: "weapons", title: "Weapons", severities: [{ value: 2, label: "High" }] }],
  },
  oldRatings: [{ clause_key: "helpful", position: "first", value: 2.6666 }],
  oldCitations: [
    { clause_key: "weapons", position: "first", severity: 2, cited_by: 1 },
    { clause_key: "spam", position: "second", severity: null, cited_by: 3 },
  ],
} as unknown as DeskModel;

it("tells what was held of each response before the rule changed", () => {
  expect(oldWords("first", model)).toEqual(["Helpfulness 2.7", "breaks Weapons, High, said one person"]);
  expect(oldWords("second", model)).toEqual(["breaks spam, said 3 people"]);
  expect(oldWords("third", model)).toEqual([]);
});
