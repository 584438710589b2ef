import { ApiProblem, sentenceOf } from "@/api/problem";
import type { FinishedAnswer, KeptDraft, WorkJournal } from "./journal";

const TRY_AGAIN_MS = [1_000, 3_000, 10_000, 30_000] as const;

/** A finished answer that the server will not take as it is. */
export interface Refusal<Finished> {
  readonly entry: Finished;
  readonly sentence: string;
}

export interface OutboxState<Finished> {
  readonly waiting: readonly Finished[];
  readonly isOffline: boolean;
  readonly refused: readonly Refusal<Finished>[];
  /** The browser has no room to keep anything on this machine. */
  readonly isFull: boolean;
  /** Finished answers that are on this page only: they go when it is closed before they are sent. */
  readonly unkept: readonly string[];
}

/**
 * Sends finished answers in order, each exactly once: it is written down before it is sent, it keeps its
 * identifier however often it is tried, and it is crossed out only when the server has it.
 */
export class WorkOutbox<Kept extends KeptDraft, Finished extends FinishedAnswer> {
  private state: OutboxState<Finished> = { waiting: [], isOffline: false, refused: [], isFull: false, unkept: [] };
  private readonly listeners = new Set<() => void>();
  private isSending = false;
  private failures = 0;
  private timer: number | undefined;
  private loading: Promise<void> = Promise.resolve();

  constructor(
    private readonly journal: WorkJournal<Kept, Finished>,
    private readonly submit: (entry: Finished) => Promise<unknown>,
    /** A finished answer as the draft it was, for the person to put right. */
    private readonly asDraft: (entry: Finished) => Kept,
    private readonly projectId: string,
    private readonly personId: string,
  ) {}

  snapshot = (): OutboxState<Finished> => this.state;

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Pick up what an earlier visit left, and listen for the network coming back. */
  start(): () => void {
    window.addEventListener("online", this.now);
    window.addEventListener("beforeunload", this.warn);
    const unwatch = this.journal.subscribe(() => this.set({ ...this.state, isFull: !this.journal.keeps() }));
    this.loading = this.load().catch(() => undefined);
    return () => {
      unwatch();
      window.removeEventListener("beforeunload", this.warn);
      window.removeEventListener("online", this.now);
      window.clearTimeout(this.timer);
    };
  }

  /** Resolves once it is known what an earlier visit left. */
  ready(): Promise<void> {
    return this.loading;
  }

  /**
   * Resolves once the answer is written down on this machine; it may be sent later. Where there is no room for it, it
   * is sent all the same, and the page says that it must stay open until then.
   */
  async add(entry: Finished): Promise<void> {
    const isKept = await this.journal.enqueue(entry);
    const unkept = isKept ? this.state.unkept : [...this.state.unkept, entry.submissionId];
    this.set({ ...this.state, waiting: [...this.state.waiting, entry], unkept });
    void this.send();
  }

  /** Take a refused answer out of the line; it becomes a draft again, for the person to put right. */
  async withdraw(entry: Finished): Promise<void> {
    const { submissionId } = entry;
    await this.journal.keep(this.asDraft(entry));
    // What was written down stays until the draft is.
    if (this.journal.keeps()) await this.journal.sent(submissionId);
    this.set({
      ...this.state,
      refused: this.state.refused.filter((refusal) => refusal.entry.submissionId !== submissionId),
    });
  }

  readonly now = (): void => {
    this.failures = 0;
    void this.send();
  };

  private readonly warn = (leaving: BeforeUnloadEvent): void => {
    if (this.state.unkept.length > 0) leaving.preventDefault();
  };

  private async load(): Promise<void> {
    const queued = await this.journal.queued(this.projectId, this.personId);
    const known = new Set(this.state.waiting.map((entry) => entry.submissionId));
    this.set({ ...this.state, waiting: [...queued.filter((entry) => !known.has(entry.submissionId)), ...this.state.waiting] });
    void this.send();
  }

  private async send(): Promise<void> {
    if (this.isSending) return;
    this.isSending = true;
    window.clearTimeout(this.timer);
    try {
      for (let entry = this.state.waiting[0]; entry !== undefined; entry = this.state.waiting[0]) {
        if (!(await this.sendOne(entry))) break;
      }
    } finally {
      this.isSending = false;
    }
  }

  private async sendOne(entry: Finished): Promise<boolean> {
    try {
      await this.submit(entry);
      await this.cross(entry);
      this.failures = 0;
      this.drop(entry, []);
      return true;
    } catch (error) {
      if (isFinal(error)) {
        this.drop(entry, [{ entry, sentence: sentenceOf(error) }]);
        return true;
      }
      this.set({ ...this.state, isOffline: true });
      const wait = TRY_AGAIN_MS[Math.min(this.failures, TRY_AGAIN_MS.length - 1)] ?? 1_000;
      this.failures += 1;
      this.timer = window.setTimeout(() => void this.send(), wait);
      return false;
    }
  }

  /** Where this machine does not cross it out, the next visit sends it again under its identifier: the same answer. */
  private async cross(entry: Finished): Promise<void> {
    try {
      await this.journal.sent(entry.submissionId);
      if (this.state.unkept.includes(entry.submissionId)) await this.journal.forget(entry.leaseId);
    } catch {
      // Nothing is lost by it.
    }
  }

  private drop(entry: Finished, refusals: readonly Refusal<Finished>[]): void {
    this.set({
      ...this.state,
      unkept: this.state.unkept.filter((id) => id !== entry.submissionId),
      waiting: this.state.waiting.filter((other) => other.submissionId !== entry.submissionId),
      isOffline: false,
      refused: [...this.state.refused, ...refusals],
    });
  }

  private set(state: OutboxState<Finished>): void {
    this.state = state;
    this.listeners.forEach((listener) => listener());
  }
}

/** Refused for what it says, not for the moment it came: trying again would change nothing. */
function isFinal(error: unknown): boolean {
  return error instanceof ApiProblem && [400, 403, 404, 409, 413, 422].includes(error.status);
}
