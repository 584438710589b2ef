import { expect, test } from "vitest";
import { askedAbout, askedByImpact, hoursOf, hoursShort } from "./figures";
import type { Impact } from "./shapes";

test("a campaign says what it asks about: posts, comparisons, or both", () => {
  expect(askedAbout([])).toEqual({ one: "post", many: "posts" });
  expect(askedAbout(["comparisons", "comparisons"]).one).toBe("comparison");
  expect(askedAbout(["comparisons", "posts"]).many).toBe("posts and comparisons");
});

test("what an impact would ask again follows from the records of the chosen clauses", () => {
  const clause = (key: string, ...nouns: string[]) => ({ clause_key: key, tallies: nouns.map((noun) => ({ noun })) });
  const impact = { clauses: [clause("weapons", "answers", "gold items"), clause("helpful", "judgments")] } as unknown as Impact;
  expect(askedByImpact(impact, ["weapons"]).many).toBe("posts");
  expect(askedByImpact(impact, ["helpful"]).many).toBe("comparisons");
  expect(askedByImpact(impact, ["weapons", "helpful"]).many).toBe("posts and comparisons");
});

test("hours are short in large figures", () => {
  expect([hoursShort(0), hoursShort(0.001), hoursShort(0.5), hoursShort(3.24)]).toEqual(["No time", "1 min", "30 min", "3.2 hours"]);
  expect(hoursOf(0.5)).toBe("30 min of people’s time");
});
