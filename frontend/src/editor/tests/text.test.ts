import { describe, expect, it } from "vitest";
import { codePointLength, sliceCodePoints, toCodePoints, toUnits } from "../text/codePoints";
import {
  cursorMoved,
  lettersOf,
  segmentsOf,
  spanFromUnits,
  type TextCursor,
  trimmed,
  wordsOf,
} from "../text/spans";

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
    expect(lettersOf(`${family}e\u0301x`)).toEqual([0, 5, 7, 8]);
    expect(wordsOf("one, two")).toEqual({ starts: [0, 5], ends: [3, 8] });
    expect(wordsOf("你好世界", "zh")).toEqual({ starts: [0, 2], ends: [2, 4] });
  });
});

describe("a cursor moved by keys", () => {
  const text = "שָׁלוֹם עולם";
  const stops = { letters: lettersOf(text, "he"), words: wordsOf(text, "he") };
  const chosen = ({ anchor, focus }: TextCursor): string => sliceCodePoints(text, Math.min(anchor, focus), Math.max(anchor, focus));

  it("stands on one letter after the other, and leaves none out", () => {
    let cursor: TextCursor = { anchor: 0, focus: stops.letters[1] ?? 0 };
    const seen = [chosen(cursor)];
    for (let step = 0; step < 10; step += 1) {
      cursor = cursorMoved(cursor, stops, "letter", true, false);
      seen.push(chosen(cursor));
    }
    expect(seen.slice(0, 9).join("")).toBe(text);
    expect(seen.at(-1)).toBe("ם");
    for (let step = 0; step < 20; step += 1) cursor = cursorMoved(cursor, stops, "letter", false, false);
    expect(chosen(cursor)).toBe("שָׁ");
  });

  it("goes from word to word, and grows to whole words", () => {
    const start: TextCursor = { anchor: 0, focus: stops.letters[1] ?? 0 };
    const grown = cursorMoved(start, stops, "word", true, true);
    expect(chosen(grown)).toBe("שָׁלוֹם");
    expect(chosen(cursorMoved(grown, stops, "word", true, true))).toBe(text);
    const next = cursorMoved(start, stops, "word", true, false);
    expect(chosen(next)).toBe("ע");
    expect(chosen(cursorMoved(next, stops, "word", true, true))).toBe("עולם");
    expect(cursorMoved(next, stops, "word", false, false)).toEqual(start);
  });

  it("grows by a word with each step, never by the space between", () => {
    const english = { letters: lettersOf("Look what I found"), words: wordsOf("Look what I found") };
    let cursor: TextCursor = { anchor: 0, focus: 1 };
    const grown = ["", "", ""].map(() => sliceCodePoints("Look what I found", 0, (cursor = cursorMoved(cursor, english, "word", true, true)).focus));
    expect(grown).toEqual(["Look", "Look what", "Look what I"]);
    cursor = cursorMoved(cursor, english, "word", false, true);
    expect(trimmed("Look what I found", { start: 0, end: cursor.focus })).toEqual({ start: 0, end: 9 });
  });
});
