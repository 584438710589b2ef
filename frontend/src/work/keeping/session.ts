import { hashKey } from "@tanstack/react-query";
import { isProblem } from "@/api/problem";
import { ActiveTime } from "@/work/activeTime";
import type { KeptDraft } from "@/work/journal";

const SAVE_AFTER_MS = 700;
const TRY_AGAIN_MS = [2_000, 5_000, 15_000, 30_000] as const;

export type Saved = "saved" | "saving" | "here_only" | "nowhere" | "conflict" | "gone";

/** What an area's draft has on the server, besides what is its own. */
export interface ServerDraft {
  readonly active_ms: number;
}

/** A draft of this machine, besides what is its area's own. */
export interface LocalDraft extends KeptDraft {
  readonly activeMs: number;
  /** The server's draft version this grew from; 0 for none. */
  readonly baseVersion: number;
  /** Whether there is something here that the server has not got. */
  readonly isDirty: boolean;
}

/** Somebody (another tab, another device, perhaps oneself) saved the same task meanwhile. */
export interface Conflict<Draft> {
  readonly theirs: Draft | null;
  readonly version: number;
}

export interface Keeping<Draft> {
  readonly saved: Saved;
  readonly conflict: Conflict<Draft> | null;
}

export interface KeepingPorts<Draft, Local> {
  readonly journal: {
    keep(entry: Local): Promise<void>;
    /** Whether this machine took what was last to be kept. */
    keeps(): boolean;
  };
  /** Save on the server; resolves with the new version. */
  readonly saveDraft: (leaseId: string, document: Draft, version: number) => Promise<number>;
}

export interface KeepingStart<Local> {
  readonly leaseId: string;
  readonly personId: string;
  readonly serverDraft: { readonly document: unknown; readonly version: number } | null;
  readonly local: Local | null;
}

export interface Opening<Draft, Local> {
  /** What this machine has that the server has not; it is what is gone on with. */
  readonly mine: Local | null;
  readonly server: Draft | null;
  readonly version: number;
  readonly activeMs: number;
  readonly isDirty: boolean;
  readonly conflict: Conflict<Draft> | null;
}

/** What to start from: the local journal when it has something newer, else the server's draft. */
export function openingOf<Draft extends ServerDraft, Local extends LocalDraft>(
  { serverDraft, local }: KeepingStart<Local>,
  read: (document: unknown) => Draft | null,
  draftOf: (local: Local) => Draft,
  isBlank: (local: Local) => boolean,
): Opening<Draft, Local> {
  const version = serverDraft?.version ?? 0;
  const server = serverDraft === null ? null : read(serverDraft.document);
  if (local?.isDirty !== true) {
    return { mine: null, server, version, activeMs: server?.active_ms ?? 0, isDirty: false, conflict: null };
  }
  const hasMoved = version !== local.baseVersion && server !== null && !isBlank(local) && !saysTheSame(server, draftOf(local));
  return {
    mine: local,
    server,
    version: hasMoved ? local.baseVersion : version,
    activeMs: local.activeMs,
    isDirty: !hasMoved,
    conflict: hasMoved ? { theirs: server, version } : null,
  };
}

/** Whether two drafts differ at most in how long they were worked on: the server may have got what its page never heard of. */
function saysTheSame<Draft extends ServerDraft>(one: Draft, other: Draft): boolean {
  return hashKey([{ ...one, active_ms: 0 }]) === hashKey([{ ...other, active_ms: 0 }]);
}

/** How a session that opens so is kept at first. */
export function keepingOf<Draft, Local>({ isDirty, conflict }: Opening<Draft, Local>): Keeping<Draft> {
  return { saved: conflict !== null ? "conflict" : isDirty ? "saving" : "saved", conflict };
}

/**
 * One task being worked on, kept on this machine on every change and on the server shortly after. Neither of two
 * tabs or devices overwrites the other in silence. An area says what is kept, and tells of every change.
 */
export abstract class KeptSession<Draft, Local extends LocalDraft, State extends Keeping<Draft>> {
  readonly leaseId: string;
  private readonly personId: string;
  private readonly time: ActiveTime;
  private readonly listeners = new Set<() => void>();
  private version: number;
  private isDirty: boolean;
  private isClosed = false;
  private isSaving = false;
  private timer: number | undefined;
  private failures = 0;

  protected constructor(
    start: Pick<KeepingStart<Local>, "leaseId" | "personId">,
    opening: Pick<Opening<Draft, Local>, "version" | "activeMs" | "isDirty">,
    protected state: State,
    private readonly ports: KeepingPorts<Draft, Local>,
  ) {
    this.leaseId = start.leaseId;
    this.personId = start.personId;
    this.version = opening.version;
    this.isDirty = opening.isDirty;
    this.time = new ActiveTime(opening.activeMs);
    if (this.isDirty) this.schedule(0);
  }

  /** What there is now, as the server keeps it. */
  protected abstract draft(activeMs: number): Draft;
  /** The same as this machine keeps it. */
  protected abstract local(facts: LocalDraft): Local;
  /** What the server says another tab or device has; null when it is no draft of this area. */
  protected abstract read(document: unknown): Draft | null;
  /** Go on with another draft, or from nothing. */
  protected abstract replace(draft: Draft | null): void;

  snapshot = (): State => this.state;

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
    this.keep({ saved: "saving", conflict: null });
    this.changed();
  }

  /** Go on with what the other tab or device has. */
  takeTheirs(): void {
    const { conflict } = this.state;
    if (conflict === null) return;
    this.version = conflict.version;
    this.replace(conflict.theirs);
    this.keep({ saved: "saved", conflict: null });
    this.isDirty = false;
    window.clearTimeout(this.timer);
    void this.journal();
  }

  close(): void {
    this.isClosed = true;
    window.clearTimeout(this.timer);
    this.time.stop();
  }

  /** Something was changed: write it down here now, on the server in a moment. */
  protected changed(): void {
    this.isDirty = true;
    void this.journal();
    const { saved, conflict } = this.state;
    if (conflict !== null) return;
    if (saved !== "here_only" && saved !== "nowhere") this.keep({ saved: "saving", conflict: null });
    this.schedule(SAVE_AFTER_MS);
  }

  protected set(state: State): void {
    if (this.isClosed) return;
    this.state = state;
    this.listeners.forEach((listener) => listener());
  }

  private keep(keeping: Keeping<Draft>): void {
    this.set({ ...this.state, ...keeping });
  }

  private journal(): Promise<void> {
    if (this.isClosed) return Promise.resolve();
    const { leaseId, personId, version, isDirty } = this;
    return this.ports.journal.keep(this.local({ leaseId, personId, activeMs: this.time.ms, baseVersion: version, isDirty }));
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
      this.version = await this.ports.saveDraft(this.leaseId, this.draft(this.time.ms), this.version);
      this.failures = 0;
      await this.journal();
      this.keep({ saved: this.hasMore() ? "saving" : "saved", conflict: null });
    } catch (error) {
      this.isDirty = true;
      this.failed(error);
    } finally {
      this.isSaving = false;
    }
    if (this.hasMore() && this.state.saved === "saving") this.schedule(SAVE_AFTER_MS);
  }

  /** Whether something changed while it was being saved. */
  private hasMore(): boolean {
    return this.isDirty;
  }

  private failed(error: unknown): void {
    if (this.isClosed) return;
    if (isProblem(error, "draft_conflict")) {
      const version = typeof error.fields["version"] === "number" ? error.fields["version"] : 0;
      this.keep({ saved: "conflict", conflict: { theirs: this.read(error.fields["document"]), version } });
      return;
    }
    if (isProblem(error) && error.status === 404) {
      this.keep({ saved: "gone", conflict: null });
      return;
    }
    this.keep({ saved: this.ports.journal.keeps() ? "here_only" : "nowhere", conflict: null });
    this.schedule(TRY_AGAIN_MS[Math.min(this.failures, TRY_AGAIN_MS.length - 1)] ?? SAVE_AFTER_MS);
    this.failures += 1;
  }
}
