import { ApiProblem } from "@/api/problem";
import { AHEAD } from "./ahead";

/** A leased task as its area's bundle address answers it. */
export interface Leased {
  readonly lease: { readonly id: string };
}

/** The work on one task; closed when the task leaves the screen. */
export interface Closable {
  close(): void;
}

/** The server takes so many leases in one list. */
const MOST_NAMED = 5;

/** What a queue needs from its area. */
export interface QueuePorts<Bundle, Session> {
  /** Up to `count` further tasks, none of `holding`; fewer when no more are left for this person. */
  readonly take: (holding: readonly string[], count: number) => Promise<readonly Bundle[]>;
  readonly load: (leaseId: string) => Promise<Bundle>;
  readonly open: (bundle: Bundle) => Promise<Session>;
  /** Leases answered here whose answers are not with the server yet: they must not be handed out to this page again. */
  readonly holdingMore: () => readonly string[];
  /** Fetch what a task ahead needs to stand there at once; what may be fetched before it is asked for is said here. */
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
 * Which task is on the screen, and the ones after it, kept in memory: going on needs no network.
 */
export class WorkQueue<Bundle extends Leased, Session extends Closable> {
  private state: QueueState<Bundle, Session> = { phase: "loading" };
  private ahead: readonly Bundle[] = [];
  /** Leases given back or answered a moment ago: the server may still count them as held. */
  private left: readonly string[] = [];
  /** The lease whose task is on its way to the screen: an exchange meanwhile must not bring it a second time. */
  private coming: string | null = null;
  private readonly listeners = new Set<() => void>();
  /** Counts starts and stops: what an earlier visit was waiting for is no longer wanted. */
  private run = 0;
  private isTaking = false;

  constructor(private readonly ports: QueuePorts<Bundle, Session>) {}

  snapshot = (): QueueState<Bundle, Session> => this.state;

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Leases this page holds, on the screen and ahead: the heartbeat renews them. */
  get held(): readonly string[] {
    const current = this.state.phase === "working" ? [this.state.task.bundle.lease.id] : [];
    return [...current, ...this.ahead.map((bundle) => bundle.lease.id)];
  }

  /** How many tasks there is room for, once the task of `done` has left; none while others are being fetched. */
  wanted(done?: string): number {
    const staying = this.held.filter((leaseId) => leaseId !== done).length;
    return this.isTaking ? 0 : Math.max(AHEAD + 1 - staying, 0);
  }

  /** What to name when tasks are asked for: they are not handed out again. */
  get named(): readonly string[] {
    const coming = this.coming === null ? [] : [this.coming];
    return [...new Set([...coming, ...this.held, ...this.left, ...this.ports.holdingMore()])].slice(0, MOST_NAMED);
  }

  /** Show the task of one lease (a draft to go on with, an answer to correct), or the next one. */
  async open(leaseId?: string): Promise<void> {
    this.left = [];
    this.leave();
    this.set({ phase: "loading" });
    if (leaseId === undefined) return this.showNext();
    this.coming = leaseId;
    await this.show(() => this.ports.load(leaseId));
    return this.refill();
  }

  /** Put the next task on the screen, from memory when there is one. Then call for more, by `refill` or `stock`. */
  async advance(): Promise<void> {
    if (this.state.phase === "working") this.left = [this.state.task.bundle.lease.id, ...this.left].slice(0, 2);
    this.leave();
    if (this.ahead.length === 0) this.set({ phase: "loading" });
    await this.showNext();
  }

  /** Fetch tasks until there are enough ahead. */
  async refill(): Promise<void> {
    const { run } = this;
    if (this.wanted() === 0) return;
    try {
      const bundles = await this.take();
      if (run === this.run) this.stock(bundles);
    } catch {
      // There is work on the screen; when it is done the next ones are asked for again, and then it is told.
    }
  }

  /** Put tasks that were handed out ahead; those in `over` have ended and leave. */
  stock(bundles: readonly Bundle[], over: readonly string[] = []): void {
    const known = new Set([...this.held, ...this.left]);
    const fresh = bundles.filter((bundle) => !known.has(bundle.lease.id));
    const gone = new Set(over);
    this.ahead = [...this.ahead.filter((bundle) => !gone.has(bundle.lease.id)), ...fresh];
    fresh.forEach((bundle) => this.ports.warm(bundle));
    const isIdle = this.state.phase === "empty" || this.state.phase === "failed";
    if (isIdle && this.ahead.length > 0) void this.showNext();
  }

  /** Nothing more is handed out; what of the held ones was taken back leaves, the one on the screen too. */
  close(error: unknown, over: readonly string[]): void {
    const gone = new Set(over);
    this.ahead = this.ahead.filter((bundle) => !gone.has(bundle.lease.id));
    const isGone = this.state.phase !== "working" || gone.has(this.state.task.bundle.lease.id);
    if (!isGone) return;
    this.run += 1;
    this.leave();
    this.isTaking = false;
    this.set({ phase: "failed", error });
  }

  /** A lease ahead has ended: its task is not shown from memory. */
  drop(leaseId: string): void {
    this.ahead = this.ahead.filter((bundle) => bundle.lease.id !== leaseId);
  }

  stop(): void {
    this.run += 1;
    this.leave();
    this.ahead = [];
    this.coming = null;
    this.isTaking = false;
    this.state = { phase: "loading" };
  }

  private showNext(): Promise<void> {
    return this.show(async () => {
      const [next, ...rest] = this.ahead;
      if (next !== undefined) {
        this.ahead = rest;
        return next;
      }
      const { run } = this;
      const taken = await this.take();
      if (run !== this.run) return null;
      // An exchange may have brought the same ones meanwhile.
      this.stock(taken);
      const [first, ...others] = this.ahead;
      this.ahead = others;
      return first ?? null;
    });
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
        this.drop(task.bundle.lease.id);
        this.set({ phase: "working", task });
      }
    } catch (error) {
      if (run === this.run) this.set({ phase: "failed", error });
    } finally {
      if (run === this.run) this.coming = null;
    }
  }

  private async take(): Promise<readonly Bundle[]> {
    const { run } = this;
    const count = Math.max(this.wanted(), 1);
    this.isTaking = true;
    try {
      const named = new Set(this.named);
      const bundles = await this.ports.take([...named], count);
      return bundles.filter((bundle) => !named.has(bundle.lease.id));
    } finally {
      if (run === this.run) this.isTaking = false;
    }
  }

  private leave(): void {
    if (this.state.phase === "working") this.state.task.session.close();
  }

  private set(state: QueueState<Bundle, Session>): void {
    this.state = state;
    this.listeners.forEach((listener) => listener());
  }
}

/** Tasks from an area that hands out one at a time and answers what it is about at another address. */
export function oneByOne<Bundle extends Leased>(
  lease: (holding: readonly string[]) => Promise<string | null>,
  load: (leaseId: string) => Promise<Bundle>,
): QueuePorts<Bundle, Closable>["take"] {
  // With something in hand, a refusal of more is told when that is done.
  const next = (holding: readonly string[], hasSome: boolean): Promise<string | null> =>
    lease(holding).catch((error: unknown) => {
      if (hasSome && error instanceof ApiProblem) return null;
      throw error;
    });
  return async (holding, count) => {
    const named = new Set(holding);
    const found: Bundle[] = [];
    // A post can be hidden between being handed out and being loaded: then the next one is asked for.
    for (let tries = 0; tries < 5 && found.length < count; tries += 1) {
      const leaseId = await next([...named].slice(0, MOST_NAMED), found.length > 0);
      if (leaseId === null || named.has(leaseId)) break;
      named.add(leaseId);
      try {
        found.push(await load(leaseId));
      } catch (error) {
        if (!(error instanceof ApiProblem) || error.status !== 404) throw error;
      }
    }
    return found;
  };
}
