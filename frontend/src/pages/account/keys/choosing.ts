import { canonical, chordOf, isApple, matches, parseKeys, spelled } from "@/ui/shortcuts/keys";
import type { OwnKeys } from "@/ui";
import { type Bindable, EVERYWHERE, keysFor } from "./rooms";

/** What pressing a key while one is being chosen comes to. */
export type Chosen =
  | { readonly kind: "waiting" }
  | { readonly kind: "left" }
  | { readonly kind: "refused"; readonly why: string }
  | { readonly kind: "taken"; readonly keys: readonly string[] };

/** These close the page or leave it before any page hears of them. */
const ofTheBrowser = new Set(["mod+w", "mod+shift+w", "mod+t", "mod+shift+t", "mod+n", "mod+shift+n", "mod+q", "alt+f4", "f11", "f12"]);

/**
 * Choose a key for `command` by pressing it. Escape and Tab leave the choice. A key that another command of the
 * same room has, or one that works everywhere, is refused in a sentence that names it.
 */
export function chosenBy(event: KeyboardEvent, command: Bindable, all: readonly Bindable[], own: OwnKeys, apple = isApple()): Chosen {
  const chord = chordOf(event, apple);
  if (chord === null) return { kind: "waiting" };
  if (chord === "escape" || chord === "tab" || chord === "shift+tab") return { kind: "left" };
  const refused = (why: string): Chosen => ({ kind: "refused", why });
  if (ofTheBrowser.has(chord)) return refused(`The browser keeps ${spelled(chord)} for itself. Choose another key.`);
  if (command.whileTyping && !isFreeOfText(chord)) {
    return refused(`This works while you write too, so its key needs ${apple ? "⌘ or ⌥" : "Ctrl or Alt"}, or is a function key.`);
  }
  const holder = all.find((other) => other.id !== command.id && meet(other, command) && holds(other, command.within, { own, event, chord, apple }));
  if (holder !== undefined) {
    const where = holder.room === command.room ? "" : `, ${holder.room === EVERYWHERE ? "everywhere" : `in ${holder.room}`}`;
    return refused(`${spelled(chord)} is the key of “${holder.label}”${where}. Give that another key first.`);
  }
  return { kind: "taken", keys: [chord] };
}

function isFreeOfText(chord: string): boolean {
  return /^(mod|ctrl|alt)\+/.test(chord) || /^(shift\+)?f\d+$/.test(chord);
}

/** Whether both can be live at once. */
function meet(a: Bindable, b: Bindable): boolean {
  const holds = (outer: string, inner: string): boolean => outer === inner || outer === EVERYWHERE || inner.startsWith(`${outer}/`);
  if (a.over.length > 0 && b.over.length > 0) return a.within === b.within;
  const places = ({ within, over }: Bindable): readonly string[] => [within, ...over];
  return places(a).some((one) => places(b).some((other) => holds(one, other) || holds(other, one)));
}

interface Pressed {
  readonly own: OwnKeys;
  readonly event: KeyboardEvent;
  readonly chord: string;
  readonly apple: boolean;
}

/**
 * Whether another command answers to this key: as it is written, or as this keyboard sends it. Of two keys in a
 * row the first one counts inside a room; a room may take it from what works everywhere, as it does by default.
 */
function holds(other: Bindable, within: string, { own, event, chord, apple }: Pressed): boolean {
  return keysFor(other, own).some((text) => {
    const [first, ...rest] = parseKeys(text);
    if (first === undefined || (rest.length > 0 && other.within !== within)) return false;
    return parseKeys(chord).map(canonical).join() === canonical(first) || matches(first, event, apple);
  });
}

/** Whether a command answers to what is searched: words of its name, or its key as it is spelled. */
export function answersTo(command: Bindable, keys: readonly string[], wanted: string): boolean {
  const words = wanted.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return true;
  const spelling = keys.map((key) => spelled(key).toLowerCase());
  if (spelling.includes(wanted.trim().toLowerCase())) return true;
  const name = `${command.label} ${command.group}`.toLowerCase();
  return words.every((word) => name.includes(word));
}
