import { describe, expect, test } from "vitest";
import { canonical, capsOf, chordOf, matches, parseChord, parseKeys, spelled } from "./keys";

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

describe("another layout", () => {
  test("Dvorak: the place of a key never stands in for a Latin letter or a sign", () => {
    expect(matches(parseChord("w"), press(",", { code: "KeyW" }), false)).toBe(false);
    expect(matches(parseChord("w"), press("w", { code: "Comma" }), false)).toBe(true);
  });

  test("AZERTY: letters go by what is on them, the digits' row by its place", () => {
    expect(matches(parseChord("a"), press("a", { code: "KeyQ" }), false)).toBe(true);
    expect(matches(parseChord("q"), press("a", { code: "KeyQ" }), false)).toBe(false);
    expect(chordOf(press("a", { code: "KeyQ" }), false)).toBe("a");
    expect(chordOf(press("&", { code: "Digit1" }), false)).toBe("1");
  });

  test("QWERTZ: signs behind AltGr are signs, and its own letters are letters", () => {
    const bracket = press("[", { code: "Digit8", ctrlKey: true, altKey: true, modifierAltGraph: true });
    expect(chordOf(bracket, false)).toBe("[");
    expect(matches(parseChord("["), bracket, false)).toBe(true);
    expect(chordOf(press("Ö", { code: "Semicolon", shiftKey: true }), false)).toBe("shift+ö");
    expect(matches(parseChord("shift+ö"), press("Ö", { code: "Semicolon", shiftKey: true }), false)).toBe(true);
  });

  test("Cyrillic: a letter is bound by its place, and then holds on both alphabets", () => {
    const chord = chordOf(press("Л", { code: "KeyK", shiftKey: true }), false) ?? "";
    expect(chord).toBe("shift+k");
    expect(matches(parseChord(chord), press("Л", { code: "KeyK", shiftKey: true }), false)).toBe(true);
    expect(matches(parseChord(chord), press("K", { code: "KeyK", shiftKey: true }), false)).toBe(true);
  });

  test("Apple's: what ⌥ writes instead does not hide the key", () => {
    expect(matches(parseChord("alt+r"), press("®", { code: "KeyR", altKey: true }), true)).toBe(true);
    expect(matches(parseChord("alt+["), press("“", { code: "BracketLeft", altKey: true }), true)).toBe(true);
    expect(chordOf(press("®", { code: "KeyR", altKey: true }), true)).toBe("alt+r");
  });
});

describe("a key pressed to be bound", () => {
  test("is written in its one spelling", () => {
    expect(chordOf(press("S", { code: "KeyS", ctrlKey: true, shiftKey: true }), false)).toBe("mod+shift+s");
    expect(chordOf(press(" ", { code: "Space" }), false)).toBe("space");
    expect(chordOf(press("+", { code: "Equal", shiftKey: true }), false)).toBe("plus");
    expect(chordOf(press("ArrowLeft", { altKey: true }), false)).toBe("alt+arrowleft");
    expect(chordOf(press("F9"), false)).toBe("f9");
    expect(chordOf(press("!", { code: "Digit1", shiftKey: true }), false)).toBe("shift+1");
  });

  test("is matched by what was written", () => {
    for (const event of [press("+", { code: "Equal", shiftKey: true }), press(" ", { code: "Space" }), press("F9"), press("?", { shiftKey: true, code: "Slash" })]) {
      expect(matches(parseChord(chordOf(event, false) ?? ""), event, false)).toBe(true);
    }
  });

  test("is nothing yet while only modifiers are held", () => {
    expect(chordOf(press("Shift", { shiftKey: true }), false)).toBeNull();
    expect(chordOf(press("Dead", { code: "Quote" }), false)).toBeNull();
  });
});

test("keys are spelled for sentences", () => {
  expect(spelled("mod+shift+l")).toMatch(/^(Ctrl|⌘)\+Shift\+L$/);
  expect(spelled("g l")).toBe("G L");
  expect(spelled("shift+f8")).toBe("Shift+F8");
});

test("caps are drawn in the order hands press them", () => {
  expect(capsOf("mod+shift+ArrowLeft", false)).toEqual([["Ctrl", "Shift", "←"]]);
  expect(capsOf("mod+enter", true)).toEqual([["⌘", "Enter"]]);
  expect(capsOf("g l", false)).toEqual([["G"], ["L"]]);
});
