import { describe, expect, it } from "vitest";
import { changesOf, type Piece, wordDifference } from "./words";

const without = (pieces: readonly Piece[], operation: Piece["operation"]): string =>
  pieces
    .filter((piece) => piece.operation !== operation)
    .map((piece) => piece.text)
    .join("");

describe("the difference of two texts by words", () => {
  it("marks the words that changed and nothing else", () => {
    expect(wordDifference("The cat sat.", "The dog sat.")).toEqual([
      { operation: "same", text: "The " },
      { operation: "gone", text: "cat" },
      { operation: "new", text: "dog" },
      { operation: "same", text: " sat." },
    ]);
  });

  it("gives both texts back, in any script", () => {
    const texts = ["", "e\u0301té 📷 chat", "مرحبا بالعالم!", "二手自行车，九成新", "one\ntwo\nthree", "one\n2\nthree four"];
    for (const before of texts) {
      for (const after of texts) {
        const pieces = wordDifference(before, after);
        expect(without(pieces, "new")).toBe(before);
        expect(without(pieces, "gone")).toBe(after);
      }
    }
  });

  it("reads as phrases: a space between two changed words does not part them", () => {
    expect(wordDifference("I like red cars.", "I like blue boats.")).toEqual([
      { operation: "same", text: "I like " },
      { operation: "gone", text: "red cars" },
      { operation: "new", text: "blue boats" },
      { operation: "same", text: "." },
    ]);
  });

  it("can be shortened to the changes and what stands around them", () => {
    const before = `${"one two three ".repeat(60)}end`;
    expect(changesOf(wordDifference(before, `${before} more`), 20).map(({ text }) => text)).toEqual([
      "… one two three end",
      " more",
    ]);
    expect(changesOf(wordDifference("a b", "a c"))).toEqual(wordDifference("a b", "a c"));
  });

  it("compares very long texts by lines", () => {
    const long = Array.from({ length: 3000 }, (_, at) => `word${at} in line ${at}`);
    const changed = long.map((line, at) => (at % 500 === 0 ? `${line} changed` : line));
    const pieces = wordDifference(long.join("\n"), changed.join("\n"));
    expect(without(pieces, "gone")).toBe(changed.join("\n"));
    expect(pieces.filter((piece) => piece.operation === "new")).toHaveLength(6);
  });
});
