import { expect, it } from "vitest";
import { likenessWords } from "./words";

it("says how alike two posts are and by what", () => {
  expect(likenessWords({ score: 0.824, by: "words" })).toMatch(/^82\s?% alike by words$/);
  expect(likenessWords({ score: 1, by: "picture" })).toMatch(/^100\s?% alike by the picture$/);
  expect(likenessWords(null)).toBe("Nothing to compare it by");
});
