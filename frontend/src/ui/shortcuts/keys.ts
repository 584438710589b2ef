/** The modifier a person expects for commands: ⌘ on Apple keyboards, Ctrl elsewhere. */
export function isApple(platform: string = typeof navigator === "undefined" ? "" : navigator.userAgent): boolean {
  return /Mac|iPhone|iPad/.test(platform);
}

export interface Chord {
  readonly key: string;
  readonly mod: boolean;
  readonly ctrl: boolean;
  readonly alt: boolean;
  readonly shift: boolean;
}

const named: Readonly<Record<string, string>> = {
  esc: "escape",
  return: "enter",
  space: " ",
  spacebar: " ",
  up: "arrowup",
  down: "arrowdown",
  left: "arrowleft",
  right: "arrowright",
  del: "delete",
  plus: "+",
};

/** Parse "mod+shift+s", "ArrowLeft", "?" or "g". Throws on an empty key. */
export function parseChord(text: string): Chord {
  const parts = text === "+" ? ["+"] : text.split("+").map((part) => part.trim().toLowerCase());
  const last = parts.at(-1) ?? "";
  const key = named[last] ?? last;
  if (key === "") throw new Error(`The shortcut "${text}" names no key.`);
  const modifiers = new Set(parts.slice(0, -1));
  return {
    key,
    mod: modifiers.has("mod"),
    ctrl: modifiers.has("ctrl"),
    alt: modifiers.has("alt"),
    shift: modifiers.has("shift"),
  };
}

/** One spelling per chord, so that two ways to write it collide. */
export function canonical(chord: Chord): string {
  const modifiers = [chord.mod && "mod", chord.ctrl && "ctrl", chord.alt && "alt", chord.shift && "shift"];
  return [...modifiers.filter(Boolean), chord.key].join("+");
}

/** Parse what a shortcut is bound to: one chord, or two in a row as in "g l". */
export function parseKeys(text: string): readonly Chord[] {
  return text.trim().split(/ +/).map(parseChord);
}

const isLetter = (key: string): boolean => /^\p{L}$/u.test(key);
const isLatin = (key: string): boolean => /^\p{Script=Latin}$/u.test(key);
const isDigit = (key: string): boolean => /^[0-9]$/.test(key);
const isSign = (key: string): boolean => /^.$/u.test(key) && !isLetter(key) && !isDigit(key) && key !== " ";

/** AltGr types signs on many layouts, and reports itself as Alt, with Ctrl on some systems. */
const isAltGr = (event: KeyboardEvent): boolean => event.getModifierState("AltGraph");

/** Where a sign lies on most keyboards: with ⌥ held, Apple's write something else in its place. */
const signPlaces: Readonly<Record<string, string>> = {
  "[": "BracketLeft",
  "]": "BracketRight",
  ",": "Comma",
  ".": "Period",
  "-": "Minus",
  ";": "Semicolon",
  "'": "Quote",
  "/": "Slash",
};

/**
 * Whether `event` is this chord. The character decides; where a layout has no Latin letters, or keeps
 * digits behind Shift, the physical key stands in. Shift counts for letters, digits and named keys, not for
 * signs, which many layouts reach only through it.
 */
export function matches(chord: Chord, event: KeyboardEvent, apple: boolean = isApple()): boolean {
  const altGr = isAltGr(event);
  const mod = apple ? event.metaKey : event.ctrlKey && !altGr;
  const bareCtrl = apple ? event.ctrlKey : false;
  const meta = apple ? false : event.metaKey;
  if (mod !== (chord.mod || (!apple && chord.ctrl)) || bareCtrl !== (apple && chord.ctrl) || meta) return false;
  const writesOther = apple && chord.alt && event.altKey;
  if (isSign(chord.key)) {
    const isThere = event.key === chord.key || (writesOther && event.code === signPlaces[chord.key]);
    return isThere && (!chord.alt || event.altKey);
  }
  if (event.altKey !== chord.alt || event.shiftKey !== chord.shift) return false;
  const key = event.key.toLowerCase();
  if (key === chord.key) return true;
  if (isDigit(chord.key)) return event.code === `Digit${chord.key}` || event.code === `Numpad${chord.key}`;
  const standsIn = writesOther || (isLetter(key) && !isLatin(key));
  return standsIn && /^[a-z]$/.test(chord.key) && event.code === `Key${chord.key.toUpperCase()}`;
}

/** Keys that only change what another one means, or that mean nothing alone. */
const partial = new Set(["Shift", "Control", "Alt", "Meta", "AltGraph", "CapsLock", "NumLock", "Dead", "Process", "Unidentified", "Compose"]);

const written: Readonly<Record<string, string>> = { " ": "space", "+": "plus" };

/**
 * What a pressed key is written as, to be bound to a command: "mod+shift+k", "space", "arrowleft". Null while
 * only modifiers are held, and for the system's own key. A letter of a layout without Latin ones is written by
 * the place of its key, and the digits' row as digits, so that the same fingers find it on every keyboard.
 */
export function chordOf(event: KeyboardEvent, apple: boolean = isApple()): string | null {
  if (partial.has(event.key) || event.isComposing || (!apple && event.metaKey)) return null;
  const altGr = isAltGr(event);
  const key = keyOf(event, apple, altGr);
  const chord: Chord = {
    key: written[key] ?? key,
    mod: apple ? event.metaKey : event.ctrlKey && !altGr,
    ctrl: apple && event.ctrlKey,
    alt: event.altKey && !altGr,
    shift: event.shiftKey && !isSign(key),
  };
  return canonical(chord);
}

function keyOf(event: KeyboardEvent, apple: boolean, altGr: boolean): string {
  const [, digit] = /^(?:Digit|Numpad)([0-9])$/.exec(event.code) ?? [];
  if (digit !== undefined && event.key.length === 1 && !altGr) return digit;
  const [, letter] = /^Key([A-Z])$/.exec(event.code) ?? [];
  const key = event.key.toLowerCase();
  const isForeign = (isLetter(key) && !isLatin(key)) || (apple && event.altKey);
  return letter !== undefined && isForeign ? letter.toLowerCase() : key;
}

const shown: Readonly<Record<string, string>> = {
  " ": "Space",
  arrowup: "↑",
  arrowdown: "↓",
  arrowleft: "←",
  arrowright: "→",
  escape: "Esc",
  enter: "Enter",
  backspace: "⌫",
  delete: "Del",
  insert: "Ins",
  tab: "Tab",
  pageup: "Page up",
  pagedown: "Page down",
  home: "Home",
  end: "End",
};

/** The key caps to draw, one list per chord, in the order hands press them. */
export function capsOf(text: string, apple: boolean = isApple()): string[][] {
  return text.trim().split(/ +/).map((chord) => caps(chord, apple));
}

function caps(text: string, apple: boolean): string[] {
  const chord = parseChord(text);
  const key = shown[chord.key] ?? (/^.$|^f\d+$/u.test(chord.key) ? chord.key.toUpperCase() : chord.key);
  return [
    chord.mod ? (apple ? "⌘" : "Ctrl") : "",
    chord.ctrl ? "Ctrl" : "",
    chord.alt ? (apple ? "⌥" : "Alt") : "",
    chord.shift ? "Shift" : "",
    key,
  ].filter((cap) => cap !== "");
}

/** A shortcut as it is written in a sentence or a tooltip: "Ctrl+Shift+L", "G H". */
export function spelled(text: string): string {
  return capsOf(text)
    .map((caps) => caps.join("+"))
    .join(" ");
}
