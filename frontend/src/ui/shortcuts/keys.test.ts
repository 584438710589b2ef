import { describe, expect, test } from "vitest";
import { canonical, capsOf, matches, parseChord, parseKeys } from "./keys";

function press(key: string, more: Partial<KeyboardEventInit> = {}): KeyboardEvent {
  return new KeyboardEvent("keydown", { key, ...more });
}

describe("a chord", () => {
  test("has one spelling however it was written", () => {
    expect(canonical(parseChord("Shift+Mod+S"))).toBe(canonical(parseChord("mod+shift+s")));
    expect(canonical(parseChord("Left"))).toBe(canonical(parseChord("ArrowLeft")));
  });

  test("without a key is refused", () => {
    expect(() => parseChord("mod+")).toThrow("names no key");
  });

  test("may be followed by a second one", () => {
    expect(parseKeys("g l").map(canonical)).toEqual(["g", "l"]);
  });

  test("with the plus sign or the space bar is told apart from the syntax", () => {
    expect(parseChord("+").key).toBe("+");
    expect(parseChord("Space").key).toBe(" ");
  });
});

describe("an event matches", () => {
  test("by its character", () => {
    expect(matches(parseChord("a"), press("a"), false)).toBe(true);
    expect(matches(parseChord("a"), press("b"), false)).toBe(false);
  });

  test("with Ctrl on most machines and with the command key on Apple's", () => {
    expect(matches(parseChord("mod+s"), press("s", { ctrlKey: true }), false)).toBe(true);
    expect(matches(parseChord("mod+s"), press("s", { metaKey: true }), true)).toBe(true);
    expect(matches(parseChord("mod+s"), press("s", { ctrlKey: true }), true)).toBe(false);
  });

  test("never with a modifier too many", () => {
    expect(matches(parseChord("s"), press("s", { ctrlKey: true }), false)).toBe(false);
    expect(matches(parseChord("s"), press("S", { shiftKey: true }), false)).toBe(false);
  });

  test("by the place of the key where the layout has no Latin letters", () => {
    expect(matches(parseChord("s"), press("ы", { code: "KeyS" }), false)).toBe(true);
    expect(matches(parseChord("s"), press("o", { code: "KeyS" }), false)).toBe(false);
  });

  test("by the place of a digit that the layout keeps behind Shift", () => {
    expect(matches(parseChord("1"), press("&", { code: "Digit1" }), false)).toBe(true);
    expect(matches(parseChord("1"), press("1", { code: "Numpad1" }), false)).toBe(true);
  });

  test("for a sign, whether or not the layout needs Shift for it", () => {
    expect(matches(parseChord("?"), press("?", { shiftKey: true }), false)).toBe(true);
    expect(matches(parseChord("?"), press("?"), false)).toBe(true);
    expect(matches(parseChord("["), press("[", { altKey: true }), false)).toBe(true);
  });
});

test("caps are drawn in the order hands press them", () => {
  expect(capsOf("mod+shift+ArrowLeft", false)).toEqual([["Ctrl", "Shift", "←"]]);
  expect(capsOf("mod+enter", true)).toEqual([["⌘", "Enter"]]);
  expect(capsOf("g l", false)).toEqual([["G"], ["L"]]);
});
