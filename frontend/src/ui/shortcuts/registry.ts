import { canonical, type Chord, matches, parseKeys } from "./keys";
import { OwnKeysStore, ownKeysStore } from "./ownKeys";

export interface Shortcut {
  /** Stable, unique: "workspace.submit". People's own key choices hang on it. */
  readonly id: string;
  /** What it does, as a short imperative: "Submit and take the next post". */
  readonly label: string;
  /** "mod+enter", two in a row ("g l"), or several ways (["j", "ArrowDown"]). */
  readonly keys: string | readonly string[];
  readonly run: (event: KeyboardEvent) => void;
  /**
   * For what holds while the key is down: called once when it comes up, or when the window loses the keys, with how long it
   * was down, by the hand's own time: a busy page hears of both late.
   */
  readonly released?: (heldMs: number) => void;
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
  /** With the keys it has for this person. */
  readonly shortcut: Shortcut;
  /** With the keys it has for everybody who chose none. */
  readonly usual: Shortcut;
  readonly isOwn: boolean;
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

/**
 * All shortcuts that are live now. What is opened on a page wins over the page, the page over what holds everywhere; inside a scope keys are unique. A
 * person's own keys are laid over the usual ones here, for every page at once.
 */
export class ShortcutRegistry {
  private declared: readonly Shortcut[] = [];
  private entries: readonly Entry[] = [];
  private readonly listeners = new Set<() => void>();
  /** The first key of a sequence, while its second may still come. */
  private pending: { readonly chord: string; readonly until: number } | null = null;
  /** The shortcut that is held down, and by which key. */
  private held: { readonly code: string; readonly since: number; readonly released: (heldMs: number) => void } | null = null;

  constructor(private readonly own = new OwnKeysStore()) {
    own.subscribe(() => this.declare(this.declared));
  }

  /** Add shortcuts; returns the way to take them out again. Throws when two of one scope share a key. */
  add(shortcuts: readonly Shortcut[]): () => void {
    this.declare([...this.declared, ...shortcuts]);
    return () => this.declare(this.declared.filter((shortcut) => !shortcuts.includes(shortcut)));
  }

  private declare(shortcuts: readonly Shortcut[]): void {
    const known = new Map(this.entries.map((entry) => [entry.usual, entry]));
    const own = this.own.snapshot();
    const next = settled(shortcuts.map((shortcut) => boundTo(shortcut, own[shortcut.id], known.get(shortcut))));
    refuseConflicts(next);
    this.declared = shortcuts;
    this.entries = next;
    this.tell();
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
      if (found.released === undefined) found.run(event);
      else if (!event.repeat) {
        this.letGo(event.timeStamp);
        this.held = { code: event.code, since: event.timeStamp, released: found.released };
        found.run(event);
      }
      return true;
    }
    const opening = live.flatMap((entry) => entry.ways).find((way) => way.length === 2 && isFirst(way, event));
    if (opening === undefined) return false;
    event.preventDefault();
    this.pending = { chord: firstOf(opening), until: event.timeStamp + sequenceMs };
    return true;
  }

  /** A key came up. */
  handleUp(event: KeyboardEvent): void {
    if (this.held?.code === event.code) this.letGo(event.timeStamp);
  }

  /** Do what a live shortcut does, as its button would. */
  perform(id: string): void {
    this.entries.find(({ shortcut }) => shortcut.id === id)?.shortcut.run(new KeyboardEvent("keydown"));
  }

  /** What was held is held no longer. */
  letGo(at = performance.now()): void {
    const held = this.held;
    this.held = null;
    held?.released(at - held.since);
  }

  /** What this event may reach: the closest scope first, and of equally close ones the newest. */
  private liveFor(event: KeyboardEvent): readonly Entry[] {
    if (belongsToControl(event)) return [];
    const typing = isTyping(event.target);
    const dialog = isDialogOpen();
    return [...this.entries]
      .reverse()
      .sort((one, other) => closeness(other.shortcut) - closeness(one.shortcut))
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

/** A page that registers anew must not come before what was opened on it: a scope of its own is always closer. */
function closeness(shortcut: Shortcut): number {
  const scope = scopeOf(shortcut);
  return scope === GLOBAL_SCOPE ? 0 : scope === PAGE_SCOPE ? 1 : 2;
}

/** The shortcut with its own keys, or its usual ones; what was parsed before is taken over. */
function boundTo(usual: Shortcut, own: readonly string[] | undefined, before: Entry | undefined): Entry {
  const keys = own ?? keysOf(usual);
  const isOwn = own !== undefined;
  if (before !== undefined && before.isOwn === isOwn && String(keysOf(before.shortcut)) === String(keys)) return before;
  return { usual, shortcut: isOwn ? { ...usual, keys } : usual, ways: keys.map(parseKeys), isOwn };
}

/** A key that a person gave to one command is taken from the one that usually has it, in the same scope. */
function settled(entries: readonly Entry[]): readonly Entry[] {
  const taken = new Map<string, string>();
  for (const { shortcut, ways, isOwn } of entries) {
    if (isOwn && shortcut.enabled !== false) for (const way of ways) taken.set(placeOf(shortcut, way), shortcut.id);
  }
  if (taken.size === 0) return entries;
  return entries.map((entry) => {
    const { shortcut, ways, isOwn } = entry;
    const isFree = (way: readonly Chord[]): boolean => (taken.get(placeOf(shortcut, way)) ?? shortcut.id) === shortcut.id;
    if (isOwn || ways.every(isFree)) return entry;
    const keys = keysOf(shortcut).filter((_, at) => isFree(ways[at] ?? []));
    return { ...entry, shortcut: { ...shortcut, keys }, ways: ways.filter(isFree) };
  });
}

function placeOf(shortcut: Shortcut, way: readonly Chord[]): string {
  return `${scopeOf(shortcut)} ${way.map(canonical).join(" ")}`;
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

export function keysOf(shortcut: Pick<Shortcut, "keys">): readonly string[] {
  return typeof shortcut.keys === "string" ? [shortcut.keys] : shortcut.keys;
}

export function scopeOf(shortcut: Shortcut): string {
  return shortcut.scope ?? PAGE_SCOPE;
}

function refuseConflicts(entries: readonly Entry[]): void {
  const owners = new Map<string, string>();
  for (const { shortcut, ways, isOwn } of entries) {
    // What a person chose was checked when they chose it; the table is what must be right by itself.
    if (shortcut.enabled === false || isOwn) continue;
    for (const way of ways) {
      const place = placeOf(shortcut, way);
      const owner = owners.get(place);
      if (owner !== undefined) {
        const conflict = new ShortcutConflictError(way.map(canonical).join(" "), scopeOf(shortcut), owner, shortcut.id);
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

export const shortcutRegistry = new ShortcutRegistry(ownKeysStore);
