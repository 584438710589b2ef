import { ApiProblem } from "@/api/problem";
import { fromLabelDocument, type LabelDocument } from "@/editor/labelDocument";
import type { LabelBundle } from "./bundle";
import { loadBundle, saveDraft, takeNext } from "./keeping/calls";
import type { Journal } from "./keeping/journal";
import { TaskSession } from "./keeping/session";

/** A task on the screen, or ready to be: its bundle, and what the person has so far. */
export interface OpenTask {
  readonly bundle: LabelBundle;
  readonly session: TaskSession;
}

export type QueueState =
  | { readonly phase: "loading" }
  | { readonly phase: "working"; readonly task: OpenTask }
  | { readonly phase: "empty" }
  | { readonly phase: "failed"; readonly error: unknown };

/** A lease that is being answered offline must not be handed out to this page again. */
type HoldingMore = () => readonly string[];

/**
 * Which task is on the screen, and the one after it, fetched while the person works on the first.
 */
export class WorkQueue {
  private state: QueueState = { phase: "loading" };
  private ahead: Promise<LabelBundle | null> | null = null;
  private aheadLease: string | null = null;
  private readonly listeners = new Set<() => void>();
  /** Counts starts and stops: what an earlier visit was waiting for is no longer wanted. */
  private run = 0;

  constructor(
    private readonly projectId: string,
    private readonly personId: string,
    private readonly journal: Journal,
    private readonly holdingMore: HoldingMore,
    private readonly warm: (bundle: LabelBundle) => void,
  ) {}

  snapshot = (): QueueState => this.state;

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Leases this page holds, on the screen and ahead: the heartbeat renews them. */
  get held(): readonly string[] {
    const current = this.state.phase === "working" ? [this.state.task.bundle.lease.id] : [];
    return this.aheadLease === null ? current : [...current, this.aheadLease];
  }

  /** Show the task of one lease (a draft to go on with, an answer to correct), or the next one. */
  async open(leaseId?: string): Promise<void> {
    this.set({ phase: "loading" });
    await this.show(() => (leaseId === undefined ? this.fetch([]) : loadBundle(leaseId)));
  }

  /** Put the next task on the screen: the one fetched ahead when there is one. */
  async advance(): Promise<void> {
    const left = this.state.phase === "working" ? this.state.task.bundle.lease.id : null;
    const ahead = this.ahead;
    this.ahead = null;
    this.aheadLease = null;
    this.leave();
    if (ahead === null) this.set({ phase: "loading" });
    await this.show(async () => (await ahead?.catch(() => null)) ?? (await this.fetch(left === null ? [] : [left])));
  }

  stop(): void {
    this.run += 1;
    this.leave();
    this.ahead = null;
    this.aheadLease = null;
    this.state = { phase: "loading" };
  }

  private async show(load: () => Promise<LabelBundle | null>): Promise<void> {
    const run = this.run;
    try {
      const bundle = await load();
      const task = bundle === null || run !== this.run ? null : await this.opened(bundle);
      if (run !== this.run) {
        task?.session.close();
      } else if (task === null) {
        this.set({ phase: "empty" });
      } else {
        this.set({ phase: "working", task });
        this.fetchAhead(task.bundle.lease.id);
      }
    } catch (error) {
      if (run === this.run) this.set({ phase: "failed", error });
    }
  }

  private async opened(bundle: LabelBundle): Promise<OpenTask> {
    const leaseId = bundle.lease.id;
    const local = await this.journal.read(leaseId, this.personId);
    const sent = bundle.submission;
    const session = new TaskSession(
      {
        leaseId,
        personId: this.personId,
        serverDraft: bundle.draft,
        sent: sent === null ? null : fromLabelDocument(sent.document as LabelDocument),
        local,
      },
      { journal: this.journal, saveDraft },
    );
    return { bundle, session };
  }

  private fetchAhead(current: string): void {
    const ahead = this.fetch([current]).then((bundle) => {
      if (bundle !== null && this.ahead === ahead) {
        this.aheadLease = bundle.lease.id;
        this.warm(bundle);
      }
      return bundle;
    });
    this.ahead = ahead;
    ahead.catch(() => undefined);
  }

  private async fetch(holding: readonly string[]): Promise<LabelBundle | null> {
    const skip = new Set([...holding, ...this.holdingMore()]);
    // A post can be hidden between being handed out and being loaded: then the next one is asked for.
    for (let tries = 0; tries < 5; tries += 1) {
      const leaseId = await takeNext(this.projectId, [...skip]);
      if (leaseId === null || skip.has(leaseId)) return null;
      try {
        return await loadBundle(leaseId);
      } catch (error) {
        if (!(error instanceof ApiProblem) || error.status !== 404) throw error;
        skip.add(leaseId);
      }
    }
    return null;
  }

  private leave(): void {
    if (this.state.phase === "working") this.state.task.session.close();
  }

  private set(state: QueueState): void {
    this.state = state;
    this.listeners.forEach((listener) => listener());
  }
}
