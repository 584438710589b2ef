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

const isLetter = (key: string): boolean => /^[a-z]$/.test(key);
const isDigit = (key: string): boolean => /^[0-9]$/.test(key);

/**
 * Whether `event` is this chord. The character decides; where a layout has no Latin letters, or keeps
 * digits behind Shift, the physical key stands in. Shift counts for letters, digits and named keys, not for
 * signs, which many layouts reach only through it.
 */
export function matches(chord: Chord, event: KeyboardEvent, apple: boolean = isApple()): boolean {
  const mod = apple ? event.metaKey : event.ctrlKey;
  const bareCtrl = apple ? event.ctrlKey : false;
  const meta = apple ? false : event.metaKey;
  if (mod !== (chord.mod || (!apple && chord.ctrl)) || bareCtrl !== (apple && chord.ctrl) || meta) return false;
  const isSign = chord.key.length === 1 && !isLetter(chord.key) && !isDigit(chord.key) && chord.key !== " ";
  if (isSign) {
    // AltGr types signs on many layouts and reports itself as Alt (with Ctrl on some systems).
    return event.key === chord.key && (!chord.alt || event.altKey);
  }
  if (event.altKey !== chord.alt || event.shiftKey !== chord.shift) return false;
  const key = event.key.toLowerCase();
  if (key === chord.key) return true;
  if (isLetter(chord.key) && !isLetter(key)) return event.code === `Key${chord.key.toUpperCase()}`;
  if (isDigit(chord.key)) return event.code === `Digit${chord.key}` || event.code === `Numpad${chord.key}`;
  return false;
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
  const key = shown[chord.key] ?? (chord.key.length === 1 ? chord.key.toUpperCase() : chord.key);
  return [
    chord.mod ? (apple ? "⌘" : "Ctrl") : "",
    chord.ctrl ? "Ctrl" : "",
    chord.alt ? (apple ? "⌥" : "Alt") : "",
    chord.shift ? "Shift" : "",
    key,
  ].filter((cap) => cap !== "");
}
