import { isProblem } from "@/api/problem";
import { ActiveTime } from "@/work/activeTime";
import type { KeptDraft, WorkJournal } from "@/work/journal";
import type { JudgmentLetter } from "./calls";
import { type DraftDocument, fromDraft, toDraft } from "./draft";
import { blankJudgment, isBlank, type Judgment } from "./judgment";

const SAVE_AFTER_MS = 700;
const TRY_AGAIN_MS = [2_000, 5_000, 15_000, 30_000] as const;
const MOST_UNDOS = 200;

/** What this browser knows of a judgment being written. */
export interface LocalDraft extends KeptDraft {
  readonly judgment: Judgment;
  readonly activeMs: number;
  /** The server's draft version this grew from; 0 for none. */
  readonly baseVersion: number;
  /** Whether there is something here that the server has not got. */
  readonly isDirty: boolean;
}

export type JudgmentJournal = WorkJournal<LocalDraft, JudgmentLetter>;
export type Saved = "saved" | "saving" | "here_only" | "conflict" | "gone";

export interface SessionState {
  readonly judgment: Judgment;
  readonly saved: Saved;
  /** What another tab or device saved meanwhile. */
  readonly conflict: { readonly theirs: DraftDocument | null; readonly version: number } | null;
}

export interface SessionPorts {
  readonly journal: JudgmentJournal;
  readonly saveDraft: (leaseId: string, document: DraftDocument, version: number) => Promise<number>;
}

interface SessionStart {
  readonly leaseId: string;
  readonly personId: string;
  readonly serverDraft: { readonly document: unknown; readonly version: number } | null;
  readonly local: LocalDraft | null;
  /** A judgment sent before, to be corrected. */
  readonly sent: Judgment | null;
}

/**
 * One comparison being judged: kept on this machine on every change and on the server shortly after.
 * Neither of two tabs or devices overwrites the other in silence.
 */
export class JudgmentSession {
  private state: SessionState;
  private version: number;
  private isDirty = false;
  private isClosed = false;
  private isSaving = false;
  private timer: number | undefined;
  private failures = 0;
  private past: readonly Judgment[] = [];
  private future: readonly Judgment[] = [];
  private readonly time: ActiveTime;
  private readonly listeners = new Set<() => void>();

  constructor(
    private readonly start: SessionStart,
    private readonly ports: SessionPorts,
  ) {
    const { serverDraft, local, sent } = start;
    const server = serverDraft === null ? null : fromDraft(serverDraft.document);
    this.version = serverDraft?.version ?? 0;
    const mine = local?.isDirty === true ? local : null;
    const hasMoved = mine !== null && server !== null && this.version !== mine.baseVersion && !isBlank(mine.judgment);
    this.state = {
      judgment: mine?.judgment ?? server?.judgment ?? sent ?? blankJudgment,
      saved: hasMoved ? "conflict" : "saved",
      conflict: hasMoved ? { theirs: server, version: this.version } : null,
    };
    this.time = new ActiveTime(mine?.activeMs ?? server?.active_ms ?? 0);
    if (hasMoved) this.version = mine.baseVersion;
    else if (mine !== null) {
      this.isDirty = true;
      this.schedule(0);
    }
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

  /** Take in a change; `isStep` makes it one that can be undone on its own (typing does not). */
  change(next: Judgment, { isStep = true }: { isStep?: boolean } = {}): void {
    if (next === this.state.judgment) return;
    if (isStep) this.past = [...this.past, this.state.judgment].slice(-MOST_UNDOS);
    this.future = [];
    this.put(next);
  }

  undo(): void {
    const before = this.past.at(-1);
    if (before === undefined) return;
    this.past = this.past.slice(0, -1);
    this.future = [this.state.judgment, ...this.future];
    this.put(before);
  }

  redo(): void {
    const [after, ...rest] = this.future;
    if (after === undefined) return;
    this.future = rest;
    this.past = [...this.past, this.state.judgment];
    this.put(after);
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
    this.isDirty = false;
    window.clearTimeout(this.timer);
    this.set({ judgment: conflict.theirs?.judgment ?? blankJudgment, saved: "saved", conflict: null });
    void this.journal();
  }

  close(): void {
    this.isClosed = true;
    window.clearTimeout(this.timer);
    this.time.stop();
  }

  private put(judgment: Judgment): void {
    this.set({ judgment });
    this.changed();
  }

  private changed(): void {
    this.isDirty = true;
    void this.journal();
    if (this.state.conflict !== null) return;
    if (this.state.saved !== "here_only") this.set({ saved: "saving" });
    this.schedule(SAVE_AFTER_MS);
  }

  private journal(): Promise<void> {
    if (this.isClosed) return Promise.resolve();
    const { leaseId, personId } = this.start;
    return this.ports.journal.keep({
      leaseId,
      personId,
      judgment: this.state.judgment,
      activeMs: this.time.ms,
      baseVersion: this.version,
      isDirty: this.isDirty,
    });
  }

  private schedule(after: number): void {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.save(), after);
  }

  private async save(): Promise<void> {
    if (this.isClosed || this.isSaving || !this.isDirty || this.state.conflict !== null) return;
    this.isSaving = true;
    this.isDirty = false;
    try {
      const document = toDraft(this.state.judgment, this.time.ms);
      this.version = await this.ports.saveDraft(this.start.leaseId, document, this.version);
      this.failures = 0;
      await this.journal();
      this.set({ saved: this.hasMore() ? "saving" : "saved" });
    } catch (error) {
      this.isDirty = true;
      this.failed(error);
    } finally {
      this.isSaving = false;
    }
    if (this.hasMore() && this.state.saved === "saving") this.schedule(SAVE_AFTER_MS);
  }

  private hasMore(): boolean {
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
      this.set({ saved: "gone" });
      return;
    }
    this.set({ saved: "here_only" });
    this.schedule(TRY_AGAIN_MS[Math.min(this.failures, TRY_AGAIN_MS.length - 1)] ?? 5_000);
    this.failures += 1;
  }

  private set(part: Partial<SessionState>): void {
    if (this.isClosed) return;
    this.state = { ...this.state, ...part };
    this.listeners.forEach((listener) => listener());
  }
}
