import { isProblem } from "@/api/problem";
import { type DraftDocument, fromDraft, isBlank, toDraft } from "@/editor/labelDocument";
import type { EditorRecord } from "@/editor/records";
import { EditorStore } from "@/editor/store";
import { ActiveTime } from "@/work/activeTime";
import type { Journal, JournalEntry } from "./journal";

const SAVE_AFTER_MS = 700;
const TRY_AGAIN_MS = [2_000, 5_000, 15_000, 30_000] as const;

export type Saved = "saved" | "saving" | "here_only" | "conflict" | "gone";

/** Somebody (another tab, another device, perhaps oneself) saved the same task meanwhile. */
export interface Conflict {
  readonly theirs: DraftDocument | null;
  readonly version: number;
}

export interface SessionState {
  readonly saved: Saved;
  readonly conflict: Conflict | null;
}

export interface SessionPorts {
  readonly journal: Journal;
  /** Save on the server; resolves with the new version. */
  readonly saveDraft: (leaseId: string, document: DraftDocument, version: number) => Promise<number>;
}

export interface SessionStart {
  readonly leaseId: string;
  readonly personId: string;
  readonly serverDraft: { readonly document: unknown; readonly version: number } | null;
  /** Records of an answer sent before, to be corrected. */
  readonly sent: readonly EditorRecord[] | null;
  readonly local: JournalEntry | null;
}

/**
 * One task being worked on: its records, kept on this machine on every change and on the server shortly
 * after. Neither of two tabs or devices overwrites the other in silence.
 */
export class TaskSession {
  readonly store: EditorStore;
  readonly leaseId: string;
  private readonly personId: string;
  private readonly time: ActiveTime;
  private readonly listeners = new Set<() => void>();
  private readonly unsubscribe: () => void;
  private state: SessionState = { saved: "saved", conflict: null };
  private version: number;
  private isDirty = false;
  private isClosed = false;
  private timer: number | undefined;
  private failures = 0;
  private inFlight = false;

  constructor(
    start: SessionStart,
    private readonly ports: SessionPorts,
  ) {
    this.leaseId = start.leaseId;
    this.personId = start.personId;
    const opened = openingOf(start);
    this.store = new EditorStore(opened.records);
    this.version = opened.version;
    this.isDirty = opened.isDirty;
    this.time = new ActiveTime(opened.activeMs);
    if (opened.conflict !== null) this.state = { saved: "conflict", conflict: opened.conflict };
    this.unsubscribe = this.store.subscribe((_, diff) => {
      if (diff.length > 0) this.changed();
    });
    if (this.isDirty) this.schedule(0);
  }

  snapshot = (): SessionState => this.state;

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  get activeMs(): number {
    return this.time.ms;
  }

  get draftVersion(): number {
    return this.version;
  }

  /** Go on with what is on this screen; it becomes the newest draft. */
  keepMine(): void {
    if (this.state.conflict === null) return;
    this.version = this.state.conflict.version;
    this.set({ saved: "saving", conflict: null });
    this.changed();
  }

  /** Go on with what the other tab or device has. */
  takeTheirs(): void {
    const { conflict } = this.state;
    if (conflict === null) return;
    this.version = conflict.version;
    this.set({ saved: "saved", conflict: null });
    this.store.reset(conflict.theirs?.records ?? []);
    this.isDirty = false;
    window.clearTimeout(this.timer);
    void this.journal();
  }

  close(): void {
    this.isClosed = true;
    window.clearTimeout(this.timer);
    this.unsubscribe();
    this.time.stop();
  }

  private changed(): void {
    this.isDirty = true;
    void this.journal();
    if (this.state.conflict === null) {
      if (this.state.saved !== "here_only") this.set({ saved: "saving", conflict: null });
      this.schedule(SAVE_AFTER_MS);
    }
  }

  private journal(): Promise<void> {
    if (this.isClosed) return Promise.resolve();
    return this.ports.journal.keep({
      leaseId: this.leaseId,
      personId: this.personId,
      records: [...this.store.snapshot().values()],
      activeMs: this.time.ms,
      baseVersion: this.version,
      isDirty: this.isDirty,
      savedAt: Date.now(),
    });
  }

  private schedule(after: number): void {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.save(), after);
  }

  private async save(): Promise<void> {
    if (this.isClosed || this.inFlight || !this.isDirty || this.state.conflict !== null) return;
    this.inFlight = true;
    this.isDirty = false;
    try {
      this.version = await this.ports.saveDraft(
        this.leaseId,
        toDraft(this.store.snapshot(), this.time.ms),
        this.version,
      );
      this.failures = 0;
      await this.journal();
      this.set({ saved: this.stillDirty() ? "saving" : "saved", conflict: null });
    } catch (error) {
      this.isDirty = true;
      this.failed(error);
    } finally {
      this.inFlight = false;
    }
    if (this.stillDirty() && this.state.saved === "saving") this.schedule(SAVE_AFTER_MS);
  }

  private stillDirty(): boolean {
    return this.isDirty;
  }

  private failed(error: unknown): void {
    if (this.isClosed) return;
    if (isProblem(error, "draft_conflict")) {
      const version = typeof error.fields["version"] === "number" ? error.fields["version"] : 0;
      this.set({ saved: "conflict", conflict: { theirs: fromDraft(error.fields["document"]), version } });
      return;
    }
    if (isProblem(error) && error.status === 404) {
      this.set({ saved: "gone", conflict: null });
      return;
    }
    this.set({ saved: "here_only", conflict: null });
    const wait = TRY_AGAIN_MS[Math.min(this.failures, TRY_AGAIN_MS.length - 1)] ?? SAVE_AFTER_MS;
    this.failures += 1;
    this.schedule(wait);
  }

  private set(state: SessionState): void {
    if (this.isClosed) return;
    this.state = state;
    this.listeners.forEach((listener) => listener());
  }
}

interface Opening {
  readonly records: readonly EditorRecord[];
  readonly version: number;
  readonly activeMs: number;
  readonly isDirty: boolean;
  readonly conflict: Conflict | null;
}

/** What to start from: the local journal when it has something newer, else the server's draft, else what was sent. */
export function openingOf({ serverDraft, local, sent }: SessionStart): Opening {
  const version = serverDraft?.version ?? 0;
  const server = serverDraft === null ? null : fromDraft(serverDraft.document);
  if (local?.isDirty === true) {
    const mine = new EditorStore(local.records).snapshot();
    const hasMoved = version !== local.baseVersion && server !== null && !isBlank(mine);
    return {
      records: local.records,
      version: hasMoved ? local.baseVersion : version,
      activeMs: local.activeMs,
      isDirty: !hasMoved,
      conflict: hasMoved ? { theirs: server, version } : null,
    };
  }
  const records = server?.records ?? sent ?? [];
  return { records, version, activeMs: server?.active_ms ?? 0, isDirty: false, conflict: null };
}
