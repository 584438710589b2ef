import { type DBSchema, type IDBPDatabase, openDB } from "idb";

/** What a person has so far on one task, as this browser knows it; an area adds the work itself. */
export interface KeptDraft {
  readonly leaseId: string;
  readonly personId: string;
}

/** A finished answer on its way to the server. It leaves only when the server has it, or refuses it for good. */
export interface FinishedAnswer {
  readonly submissionId: string;
  readonly leaseId: string;
  readonly projectId: string;
  readonly personId: string;
  readonly queuedAt: number;
}

interface Tables extends DBSchema {
  drafts: { key: string; value: KeptDraft };
  outbox: { key: string; value: FinishedAnswer };
}

/** The local journal, in IndexedDB: it outlives the tab, the network and the session. */
export class WorkJournal<Kept extends KeptDraft, Finished extends FinishedAnswer> {
  private readonly database: Promise<IDBPDatabase<Tables>>;
  private waiting = new Map<string, Kept>();
  private writing: Promise<void> | null = null;
  private isFull = false;
  private readonly listeners = new Set<() => void>();

  constructor(name: string) {
    this.database = openDB<Tables>(name, 1, {
      upgrade(database) {
        database.createObjectStore("drafts", { keyPath: "leaseId" });
        database.createObjectStore("outbox", { keyPath: "submissionId" });
      },
    });
  }

  /** Whether this machine took what was last to be kept; it does not when the browser has no room left. */
  keeps = (): boolean => !this.isFull;

  /** Be told when that changes. */
  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /**
   * Keep the newest state of a draft; states that come faster than the disk are skipped over. Never refuses: what
   * this machine has no room for is tried again with the next, and `keeps` says so meanwhile.
   */
  keep(entry: Kept): Promise<void> {
    this.waiting.set(entry.leaseId, entry);
    this.writing ??= this.write().finally(() => {
      this.writing = null;
    });
    return this.writing;
  }

  async read(leaseId: string, personId: string): Promise<Kept | null> {
    try {
      // The tables of one name are written by one area alone.
      const entry = this.waiting.get(leaseId) ?? ((await (await this.database).get("drafts", leaseId)) as Kept | undefined);
      return entry !== undefined && entry.personId === personId ? entry : null;
    } catch {
      // A browser that does not open its store has nothing of this person; the server's draft is gone on with.
      this.note(false);
      return null;
    }
  }

  async forget(leaseId: string): Promise<void> {
    await (this.writing ?? Promise.resolve());
    this.waiting.delete(leaseId);
    await (await this.database).delete("drafts", leaseId);
  }

  /** Put a finished answer in line, and its draft away, as one step. Resolves with whether this machine took it. */
  async enqueue(entry: Finished): Promise<boolean> {
    await (this.writing ?? Promise.resolve());
    this.waiting.delete(entry.leaseId);
    try {
      const step = (await this.database).transaction(["outbox", "drafts"], "readwrite");
      await Promise.all([
        step.objectStore("outbox").put(entry),
        step.objectStore("drafts").delete(entry.leaseId),
        step.done,
      ]);
      this.note(true);
      return true;
    } catch {
      this.note(false);
      return false;
    }
  }

  async queued(projectId: string, personId: string): Promise<Finished[]> {
    const all = (await (await this.database).getAll("outbox")) as Finished[];
    return all
      .filter((entry) => entry.projectId === projectId && entry.personId === personId)
      .sort((a, b) => a.queuedAt - b.queuedAt);
  }

  /** Whether nothing of anybody waits here to be sent. */
  async isSentOut(): Promise<boolean> {
    return (await (await this.database).count("outbox")) === 0;
  }

  async sent(submissionId: string): Promise<void> {
    await (await this.database).delete("outbox", submissionId);
  }

  private async write(): Promise<void> {
    while (this.waiting.size > 0) {
      const entries = [...this.waiting.values()];
      this.waiting = new Map();
      try {
        const step = (await this.database).transaction("drafts", "readwrite");
        await Promise.all([...entries.map((entry) => step.store.put(entry)), step.done]);
      } catch {
        for (const entry of entries) {
          if (!this.waiting.has(entry.leaseId)) this.waiting.set(entry.leaseId, entry);
        }
        this.note(false);
        return;
      }
      this.note(true);
    }
  }

  private note(isKept: boolean): void {
    if (this.isFull === !isKept) return;
    this.isFull = !isKept;
    this.listeners.forEach((listener) => listener());
  }
}
