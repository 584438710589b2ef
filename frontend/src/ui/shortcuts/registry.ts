import { canonical, type Chord, matches, parseKeys } from "./keys";

export interface Shortcut {
  /** Stable, unique: "workspace.submit". People's own key choices hang on it. */
  readonly id: string;
  /** What it does, as a short imperative: "Submit and take the next post". */
  readonly label: string;
  /** "mod+enter", two in a row ("g l"), or several ways (["j", "ArrowDown"]). */
  readonly keys: string | readonly string[];
  readonly run: (event: KeyboardEvent) => void;
  /** The room it belongs to; keys must differ inside a scope. Default "page". */
  readonly scope?: string;
  /** Heading in the help; the scope's own name when absent. */
  readonly group?: string;
  /** Also while a text field has the focus. */
  readonly whileTyping?: boolean;
  /** Also when a dialog is open. */
  readonly inDialogs?: boolean;
  readonly enabled?: boolean;
}

interface Entry {
  readonly shortcut: Shortcut;
  /** Each way to ask for it: one chord, or two in a row. */
  readonly ways: readonly (readonly Chord[])[];
}

const sequenceMs = 1500;

export class ShortcutConflictError extends Error {
  constructor(chord: string, scope: string, first: string, second: string) {
    super(`The key ${chord} is taken twice in "${scope}": by ${first} and by ${second}.`);
    this.name = "ShortcutConflictError";
  }
}

export const GLOBAL_SCOPE = "everywhere";
export const PAGE_SCOPE = "page";

/** All shortcuts that are live now. The newest scope wins over older ones; inside a scope keys are unique. */
export class ShortcutRegistry {
  private entries: readonly Entry[] = [];
  private readonly listeners = new Set<() => void>();
  /** The first key of a sequence, while its second may still come. */
  private pending: { readonly chord: string; readonly until: number } | null = null;

  /** Add shortcuts; returns the way to take them out again. Throws when two of one scope share a key. */
  add(shortcuts: readonly Shortcut[]): () => void {
    const fresh: readonly Entry[] = shortcuts.map((shortcut) => ({ shortcut, ways: keysOf(shortcut).map(parseKeys) }));
    const next = [...this.entries, ...fresh];
    refuseConflicts(next);
    this.entries = next;
    this.tell();
    return () => {
      this.entries = this.entries.filter((entry) => !fresh.includes(entry));
      this.tell();
    };
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  snapshot = (): readonly Entry[] => this.entries;

  /** Run the shortcut `event` asks for; true when one ran or a sequence began. */
  handle(event: KeyboardEvent): boolean {
    if (event.defaultPrevented || event.isComposing || isModifier(event.key)) return false;
    const begun = this.pending !== null && event.timeStamp <= this.pending.until ? this.pending.chord : null;
    this.pending = null;
    const live = this.liveFor(event);
    const found =
      (begun === null ? undefined : findWay(live, event, (way) => way.length === 2 && firstOf(way) === begun)) ??
      findWay(live, event, (way) => way.length === 1);
    if (found !== undefined) {
      event.preventDefault();
      found.run(event);
      return true;
    }
    const opening = live.flatMap((entry) => entry.ways).find((way) => way.length === 2 && isFirst(way, event));
    if (opening === undefined) return false;
    event.preventDefault();
    this.pending = { chord: firstOf(opening), until: event.timeStamp + sequenceMs };
    return true;
  }

  /** What this event may reach, newest first. */
  private liveFor(event: KeyboardEvent): readonly Entry[] {
    if (belongsToControl(event)) return [];
    const typing = isTyping(event.target);
    const dialog = isDialogOpen();
    return [...this.entries]
      .reverse()
      .filter(
        ({ shortcut }) =>
          shortcut.enabled !== false &&
          (!typing || shortcut.whileTyping === true) &&
          (!dialog || shortcut.inDialogs === true),
      );
  }

  private tell(): void {
    this.listeners.forEach((listener) => listener());
  }
}

function findWay(
  entries: readonly Entry[],
  event: KeyboardEvent,
  fits: (way: readonly Chord[]) => boolean,
): Shortcut | undefined {
  return entries.find(({ ways }) => ways.some((way) => fits(way) && isLast(way, event)))?.shortcut;
}

function isFirst(way: readonly Chord[], event: KeyboardEvent): boolean {
  const chord = way[0];
  return chord !== undefined && matches(chord, event);
}

function isLast(way: readonly Chord[], event: KeyboardEvent): boolean {
  const chord = way.at(-1);
  return chord !== undefined && matches(chord, event);
}

function firstOf(way: readonly Chord[]): string {
  const chord = way[0];
  return chord === undefined ? "" : canonical(chord);
}

function isModifier(key: string): boolean {
  return key === "Shift" || key === "Control" || key === "Alt" || key === "Meta" || key === "AltGraph";
}

export function keysOf(shortcut: Shortcut): readonly string[] {
  return typeof shortcut.keys === "string" ? [shortcut.keys] : shortcut.keys;
}

export function scopeOf(shortcut: Shortcut): string {
  return shortcut.scope ?? PAGE_SCOPE;
}

function refuseConflicts(entries: readonly Entry[]): void {
  const owners = new Map<string, string>();
  for (const { shortcut, ways } of entries) {
    if (shortcut.enabled === false) continue;
    for (const way of ways) {
      const spelled = way.map(canonical).join(" ");
      const place = `${scopeOf(shortcut)} ${spelled}`;
      const owner = owners.get(place);
      if (owner !== undefined) {
        const conflict = new ShortcutConflictError(spelled, scopeOf(shortcut), owner, shortcut.id);
        if (!import.meta.env.PROD) throw conflict;
        // A person at work keeps the page; browser tests fail on any logged error.
        console.error(conflict);
      }
      owners.set(place, shortcut.id);
    }
  }
}

const textTypes = new Set(["text", "search", "email", "password", "number", "url", "tel", "date", "datetime-local"]);

/** Whether keys now write text. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement) return true;
  if (target instanceof HTMLInputElement) return textTypes.has(target.type);
  return target instanceof HTMLSelectElement || target.getAttribute("role") === "combobox";
}

/** Enter and Space press the focused button or link; arrows move inside radios, tabs, menus, lists and sliders. */
function belongsToControl(event: KeyboardEvent): boolean {
  if (!(event.target instanceof HTMLElement) || event.ctrlKey || event.metaKey || event.altKey) return false;
  if (event.key === "Enter" || event.key === " ") {
    return event.target.closest('button, a[href], summary, [role="button"], [role="option"], input') !== null;
  }
  if (event.key.startsWith("Arrow") || event.key === "Home" || event.key === "End") {
    return (
      event.target.closest(
        'input[type="radio"], input[type="range"], [role="slider"], [role="tab"], [role="menuitem"], [role="listbox"], [role="radiogroup"], [role="grid"]',
      ) !== null
    );
  }
  return false;
}

function isDialogOpen(): boolean {
  return document.querySelector('[role="dialog"][aria-modal="true"]') !== null;
}

export const shortcutRegistry = new ShortcutRegistry();
