import type { Clause, ClauseText } from "../shapes";

export type Decision = "editorial" | "semantic";

/**
 * saved: the server has it. unsaved: it will be sent in a moment. failed: it will be tried again. left: there is no
 * place for it any more (the clause was taken out, or the release is no draft now); the text stays with its writer.
 */
export type Phase = "saved" | "unsaved" | "saving" | "conflict" | "failed" | "left";

/** One clause on the desk: what the server has, and what the writer has made of it. */
export interface Entry {
  readonly clause: Clause;
  readonly text: ClauseText;
  readonly reason: string;
  /** Decided since the last save, for the text as it then was. */
  readonly decision: Decision | null;
  readonly phase: Phase;
  /** Somebody saved another text meanwhile; nothing is sent until the writer chooses. */
  readonly conflict: { readonly theirs: ClauseText; readonly version: number } | null;
  readonly error: unknown;
}

export interface SaveBody {
  readonly version: number;
  readonly document: ClauseText;
  readonly change?: Decision;
  readonly change_reason: string;
}

/** The other side refused because another version is stored. */
export class OtherVersion extends Error {
  constructor(
    readonly theirs: ClauseText,
    readonly version: number,
  ) {
    super("Somebody else changed this clause meanwhile.");
    this.name = "OtherVersion";
  }
}

/** There is no draft, or no such clause in it, to save to. */
export class NoPlace extends Error {
  constructor(sentence: string) {
    super(sentence);
    this.name = "NoPlace";
  }
}

interface Surroundings {
  /** Send one clause; throws OtherVersion when the stored version is another, NoPlace when there is none. */
  readonly save: (key: string, body: SaveBody) => Promise<Clause>;
  readonly onSaved: (clause: Clause) => void;
  readonly later?: (run: () => void, milliseconds: number) => () => void;
}

const pauseMs = 700;
const retryMs = 5000;

/**
 * Keeps every clause of a draft that is being written, saves each a moment after the last keystroke, and never
 * lets one text replace another unseen. Knows neither React nor fetch.
 */
export class ClauseDesk {
  private entries = new Map<string, Entry>();
  private readonly cancels = new Map<string, () => void>();
  private readonly sending = new Map<string, Promise<void>>();
  private readonly listeners = new Set<() => void>();
  private readonly later: NonNullable<Surroundings["later"]>;

  constructor(private readonly around: Surroundings) {
    this.later = around.later ?? laterByClock;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  snapshot = (): ReadonlyMap<string, Entry> => this.entries;

  /** Take in what the server has: untouched clauses follow it, touched ones keep the writer's text. */
  adopt(clauses: readonly Clause[]): void {
    const next = new Map<string, Entry>();
    for (const clause of clauses) {
      const entry = this.entries.get(clause.key);
      const isOlder = entry !== undefined && clause.version < entry.clause.version;
      if (entry === undefined || (entry.phase === "saved" && !isOlder)) next.set(clause.key, entryOf(clause, entry));
      else next.set(clause.key, entry.phase === "left" ? { ...entry, clause, phase: "unsaved", error: null } : entry);
    }
    for (const [key, entry] of this.entries) {
      // Somebody took the clause out while this text was on its way: it is kept until its writer says otherwise.
      if (!next.has(key) && entry.phase !== "saved") next.set(key, this.leave(key, entry, null));
    }
    this.entries = next;
    this.tell();
  }

  write(key: string, change: (text: ClauseText) => ClauseText): void {
    this.edit(key, (entry) => ({ ...entry, text: change(entry.text) }));
  }

  decide(key: string, decision: Decision): void {
    this.edit(key, (entry) => ({ ...entry, decision }));
  }

  explain(key: string, reason: string): void {
    this.edit(key, (entry) => ({ ...entry, reason }));
  }

  /** In a conflict: save the writer's text on top of the other one. */
  keepMine(key: string): void {
    this.settle(key, (entry, version) => ({ ...entry, clause: { ...entry.clause, version }, phase: "unsaved" }));
    void this.send(key);
  }

  /** In a conflict: drop the writer's text for the other one. */
  takeTheirs(key: string): void {
    this.settle(key, (entry, version, theirs) => ({
      ...entry,
      clause: { ...entry.clause, version, document: theirs },
      text: theirs,
      decision: null,
      phase: "saved",
    }));
  }

  /** Give up a text that has no place any more. */
  forget(key: string): void {
    this.cancels.get(key)?.();
    const next = new Map(this.entries);
    next.delete(key);
    this.entries = next;
    this.tell();
  }

  /** Follow what somebody saved, without asking: for what was done to the clause through another door. */
  replace(key: string, change: (text: ClauseText) => ClauseText): void {
    this.write(key, change);
    void this.send(key);
  }

  /** Send everything that waits, now; resolves when nothing is on its way any more. */
  async flush(): Promise<void> {
    await Promise.all(
      [...this.entries].filter(([, entry]) => isWaiting(entry) || entry.phase === "saving").map(([key]) => this.send(key)),
    );
  }

  /** Whether leaving now would lose something. */
  get isUnsaved(): boolean {
    return [...this.entries.values()].some((entry) => entry.phase !== "saved");
  }

  private edit(key: string, change: (entry: Entry) => Entry): void {
    const entry = this.entries.get(key);
    if (entry === undefined) return;
    const edited = change(entry);
    const stays = entry.phase === "conflict" || entry.phase === "saving" || entry.phase === "left";
    const phase = stays ? entry.phase : "unsaved";
    this.put(key, { ...edited, phase });
    if (phase !== "conflict" && phase !== "left") this.schedule(key, pauseMs);
  }

  private settle(key: string, change: (entry: Entry, version: number, theirs: ClauseText) => Entry): void {
    const entry = this.entries.get(key);
    if (entry?.conflict === null || entry === undefined) return;
    const { version, theirs } = entry.conflict;
    this.put(key, { ...change(entry, version, theirs), conflict: null });
  }

  private schedule(key: string, milliseconds: number): void {
    this.cancels.get(key)?.();
    this.cancels.set(
      key,
      this.later(() => void this.send(key), milliseconds),
    );
  }

  /** One save of one clause at a time; what is typed meanwhile goes with the next one. */
  private async send(key: string): Promise<void> {
    this.cancels.get(key)?.();
    const running = this.sending.get(key);
    if (running !== undefined) {
      await running;
      const after = this.entries.get(key);
      if (after === undefined || !isWaiting(after)) return;
    }
    const entry = this.entries.get(key);
    if (entry === undefined || !isWaiting(entry)) return;
    const work = this.saveEntry(key, entry).finally(() => this.sending.delete(key));
    this.sending.set(key, work);
    await work;
  }

  private async saveEntry(key: string, sent: Entry): Promise<void> {
    this.put(key, { ...sent, phase: "saving", error: null });
    try {
      const clause = await this.around.save(key, {
        version: sent.clause.version,
        document: sent.text,
        ...(sent.decision === null ? {} : { change: sent.decision }),
        change_reason: sent.reason,
      });
      const now = this.entries.get(key) ?? sent;
      const isSame = now.text === sent.text && now.reason === sent.reason && now.decision === sent.decision;
      const decision = now.decision === sent.decision ? null : now.decision;
      this.put(key, { ...now, clause, decision, phase: isSame ? "saved" : "unsaved" });
      if (!isSame) this.schedule(key, pauseMs);
      this.around.onSaved(clause);
    } catch (error) {
      const now = this.entries.get(key) ?? sent;
      if (error instanceof OtherVersion) {
        this.put(key, { ...now, phase: "conflict", conflict: { theirs: error.theirs, version: error.version } });
      } else if (error instanceof NoPlace) {
        this.put(key, this.leave(key, now, error));
      } else {
        this.put(key, { ...now, phase: "failed", error });
        this.schedule(key, retryMs);
      }
    }
  }

  private leave(key: string, entry: Entry, error: unknown): Entry {
    this.cancels.get(key)?.();
    return { ...entry, phase: "left", conflict: null, error };
  }

  private put(key: string, entry: Entry): void {
    this.entries = new Map(this.entries).set(key, entry);
    this.tell();
  }

  private tell(): void {
    this.listeners.forEach((listener) => listener());
  }
}

function isWaiting(entry: Entry): boolean {
  return entry.phase === "unsaved" || entry.phase === "failed";
}

/** The clause fresh from the server; the writer's own text stays while it says the same, so the cursor does too. */
function entryOf(clause: Clause, before: Entry | undefined): Entry {
  const isOwn = before !== undefined && before.clause.version === clause.version;
  return {
    clause,
    text: isOwn ? before.text : clause.document,
    reason: isOwn ? before.reason : clause.change_reason,
    decision: null,
    phase: "saved",
    conflict: null,
    error: null,
  };
}

function laterByClock(run: () => void, milliseconds: number): () => void {
  const timer = setTimeout(run, milliseconds);
  return () => clearTimeout(timer);
}
