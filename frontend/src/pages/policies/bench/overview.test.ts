import { expect, test } from "vitest";
import { worstFirst } from "./BenchOverview";

function clause(name: string, hits: number, total: number) {
  return { name, candidate: { agreement: { hits, total, low: 0, high: 1, value: null } } };
}

test("the clause the text does worst on comes first, what nobody judged clearly last", () => {
  const clauses = [clause("good", 9, 10), clause("unknown", 0, 0), clause("bad", 1, 10), clause("alike", 9, 10)];
  expect(worstFirst(clauses).map((one) => one.name)).toEqual(["bad", "good", "alike", "unknown"]);
});
