import { ApiProblem } from "@/api/problem";

/** A leased task as its area's bundle address answers it. */
export interface Leased {
  readonly lease: { readonly id: string };
}

/** The work on one task; closed when the task leaves the screen. */
export interface Closable {
  close(): void;
}

/** What a queue needs from its area. */
export interface QueuePorts<Bundle, Session> {
  /** The next lease, none of `holding`; null when nothing is left for this person. */
  readonly take: (holding: readonly string[]) => Promise<string | null>;
  readonly load: (leaseId: string) => Promise<Bundle>;
  readonly open: (bundle: Bundle) => Promise<Session>;
  /** Leases answered here whose answers are not with the server yet: they must not be handed out to this page again. */
  readonly holdingMore: () => readonly string[];
  /** Fetch what the task ahead needs to stand there at once. */
  readonly warm: (bundle: Bundle) => void;
}

/** A task on the screen, or ready to be: its bundle, and what the person has so far. */
export interface OpenTask<Bundle, Session> {
  readonly bundle: Bundle;
  readonly session: Session;
}

export type QueueState<Bundle, Session> =
  | { readonly phase: "loading" }
  | { readonly phase: "working"; readonly task: OpenTask<Bundle, Session> }
  | { readonly phase: "empty" }
  | { readonly phase: "failed"; readonly error: unknown };

/**
 * Which task is on the screen, and the one after it, fetched while the person works on the first.
 */
export class WorkQueue<Bundle extends Leased, Session extends Closable> {
  private state: QueueState<Bundle, Session> = { phase: "loading" };
  private ahead: Promise<Bundle | null> | null = null;
  private aheadLease: string | null = null;
  /** Leases given back or answered a moment ago: the server may still count them as held. */
  private left: readonly string[] = [];
  private readonly listeners = new Set<() => void>();
  /** Counts starts and stops: what an earlier visit was waiting for is no longer wanted. */
  private run = 0;

  constructor(private readonly ports: QueuePorts<Bundle, Session>) {}

  snapshot = (): QueueState<Bundle, Session> => this.state;

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
    this.left = [];
    this.set({ phase: "loading" });
    await this.show(() => (leaseId === undefined ? this.fetch([]) : this.ports.load(leaseId)));
  }

  /** Put the next task on the screen: the one fetched ahead when there is one. */
  async advance(): Promise<void> {
    if (this.state.phase === "working") this.left = [this.state.task.bundle.lease.id, ...this.left].slice(0, 2);
    const ahead = this.ahead;
    this.ahead = null;
    this.aheadLease = null;
    this.leave();
    if (ahead === null) this.set({ phase: "loading" });
    await this.show(async () => (await ahead?.catch(() => null)) ?? (await this.fetch([])));
  }

  stop(): void {
    this.run += 1;
    this.leave();
    this.ahead = null;
    this.aheadLease = null;
    this.state = { phase: "loading" };
  }

  private async show(load: () => Promise<Bundle | null>): Promise<void> {
    const run = this.run;
    try {
      const bundle = await load();
      const task = bundle === null || run !== this.run ? null : { bundle, session: await this.ports.open(bundle) };
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

  private fetchAhead(current: string): void {
    const ahead = this.fetch([current]).then((bundle) => {
      if (bundle !== null && this.ahead === ahead) {
        this.aheadLease = bundle.lease.id;
        this.ports.warm(bundle);
      }
      return bundle;
    });
    this.ahead = ahead;
    ahead.catch(() => undefined);
  }

  private async fetch(holding: readonly string[]): Promise<Bundle | null> {
    const skip = new Set([...holding, ...this.left, ...this.ports.holdingMore()]);
    // A post can be hidden between being handed out and being loaded: then the next one is asked for.
    for (let tries = 0; tries < 5; tries += 1) {
      const leaseId = await this.ports.take([...skip]);
      if (leaseId === null || skip.has(leaseId)) return null;
      try {
        return await this.ports.load(leaseId);
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

  private set(state: QueueState<Bundle, Session>): void {
    this.state = state;
    this.listeners.forEach((listener) => listener());
  }
}
