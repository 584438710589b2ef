import { expect, it } from "vitest";
import { kindWords, resultWords, shareWords } from "./known";

const axis = (title: string, passed: boolean) => ({ clause_key: title.toLowerCase(), title, passed });

it("names the axes on which a judgment was not as expected", () => {
  expect(resultWords({ passed: true, axes: [axis("Helpful", true)] })).toBe("As expected");
  expect(resultWords({ passed: false, axes: [axis("Helpful", true), axis("Harmless", false)] })).toBe("Differs on Harmless");
  expect(kindWords("attention")).toBe("Attention");
});

it("tells no share without its interval", () => {
  expect(shareWords({ of: 4, counted: 3, share: 0.75, low: 0.3, high: 0.95 })).toMatch(/^3 of 4 as expected \(30\s?% to 95\s?%\)$/);
});
