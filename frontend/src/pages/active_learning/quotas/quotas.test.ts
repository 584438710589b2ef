import { expect, it } from "vitest";
import { quotasBody, quotaWords, rowFirst } from "./quotas";

it("a row without a value bounds every other one, and promises it nothing", () => {
  const row = { ...rowFirst, value: "  ", leastPercent: 30, mostPercent: 40 };
  expect(quotasBody([row])).toEqual([{ axis: "language", value: null, least: 0, most: 0.4, most_posts: null }]);
});

it("near-duplicates are bounded by a number of posts, whatever else the row held", () => {
  const row = { ...rowFirst, axis: "group" as const, value: "x", leastPercent: 30, mostPosts: 2 };
  expect(quotasBody([row])).toEqual([{ axis: "group", value: null, least: 0, most: 1, most_posts: 2 }]);
});

it("a quota is told in words", () => {
  const told = (axis: "language" | "source", value: string, leastPercent: number) =>
    quotasBody([{ ...rowFirst, axis, value, leastPercent }]).map(quotaWords);
  expect(told("language", "de", 20)).toEqual(["Language de: 20 % to 50 %"]);
  expect(told("source", "", 20)).toEqual(["Source of any other value: at most 50 %"]);
  expect(quotasBody([{ ...rowFirst, axis: "group" }]).map(quotaWords)).toEqual(["At most 1 post of near-duplicates"]);
});
