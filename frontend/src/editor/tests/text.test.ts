import { describe, expect, it } from "vitest";
import { codePointLength, sliceCodePoints, toCodePoints, toUnits } from "../text/codePoints";
import { segmentsOf, spanFromUnits, stopAfter, stopBefore, stopsOf, trimmed } from "../text/spans";

const family = "👩‍👩‍👧";
const texts = [
  `${family} e\u0301té مرحبا بالعالم`,
  "שלום עולם 🕊️",
  "नमस्ते दुनिया",
  "你好，世界。𠮷野家",
  "plain",
  "",
];

describe("code points", () => {
  it("count like Python does", () => {
    expect(codePointLength(family)).toBe(5);
    expect(codePointLength(texts[0] ?? "")).toBe(24);
    expect(codePointLength("𠮷")).toBe(1);
  });

  it.each(texts)("there and back again in %s", (text) => {
    const all = Array.from(text);
    for (let index = 0; index <= all.length; index += 1) {
      const units = toUnits(text, index);
      expect(units).toBe(all.slice(0, index).join("").length);
      expect(toCodePoints(text, units)).toBe(index);
    }
  });

  it("never cut a pair in two", () => {
    expect(toCodePoints("a𠮷b", 2)).toBe(1);
    expect(sliceCodePoints("a𠮷b", 1, 2)).toBe("𠮷");
  });
});

describe("marks on a text", () => {
  it("cut it at every edge, overlapping or not", () => {
    const marks = [
      { start: 0, end: 5 },
      { start: 3, end: 8 },
    ];
    const segments = segmentsOf("0123456789", marks);
    expect(segments.map(({ text, marks: on }) => [text, on.length])).toEqual([
      ["012", 1],
      ["34", 2],
      ["567", 1],
      ["89", 0],
    ]);
    expect(segments.map((segment) => segment.text).join("")).toBe("0123456789");
  });

  it.each(texts)("never change a letter of %s", (text) => {
    const length = codePointLength(text);
    const segments = segmentsOf(text, [{ start: 1, end: length + 9 }]);
    expect(segments.map((segment) => segment.text).join("")).toBe(text);
  });

  it("leave out white space at the ends, and are nothing when nothing is left", () => {
    expect(trimmed("ab  cd ", { start: 1, end: 5 })).toEqual({ start: 1, end: 5 });
    expect(trimmed("ab  cd ", { start: 2, end: 7 })).toEqual({ start: 4, end: 6 });
    expect(trimmed("ab  cd ", { start: 2, end: 4 })).toBeNull();
  });

  it("take a selection in either direction", () => {
    expect(spanFromUnits("a𠮷b", 4, 1)).toEqual({ start: 1, end: 3 });
  });

  it("step by what a reader sees as one letter, and by words", () => {
    const graphemes = stopsOf(`${family}e\u0301x`, "grapheme");
    expect(graphemes).toEqual([0, 5, 7, 8]);
    const words = stopsOf("one, two", "word");
    expect(stopAfter(words, 0)).toBe(3);
    expect(stopAfter(words, 3)).toBe(5);
    expect(stopBefore(words, 8)).toBe(5);
    expect(stopsOf("你好世界", "word", "zh").length).toBeGreaterThan(2);
  });
});
