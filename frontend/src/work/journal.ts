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

  constructor(name: string) {
    this.database = openDB<Tables>(name, 1, {
      upgrade(database) {
        database.createObjectStore("drafts", { keyPath: "leaseId" });
        database.createObjectStore("outbox", { keyPath: "submissionId" });
      },
    });
  }

  /** Keep the newest state of a draft; states that come faster than the disk are skipped over. */
  keep(entry: Kept): Promise<void> {
    this.waiting.set(entry.leaseId, entry);
    this.writing ??= this.write().finally(() => {
      this.writing = null;
    });
    return this.writing;
  }

  async read(leaseId: string, personId: string): Promise<Kept | null> {
    // The tables of one name are written by one area alone.
    const entry = (await (await this.database).get("drafts", leaseId)) as Kept | undefined;
    return entry !== undefined && entry.personId === personId ? entry : null;
  }

  async forget(leaseId: string): Promise<void> {
    this.waiting.delete(leaseId);
    await (this.writing ?? Promise.resolve());
    await (await this.database).delete("drafts", leaseId);
  }

  /** Put a finished answer in line, and its draft away, as one step. */
  async enqueue(entry: Finished): Promise<void> {
    this.waiting.delete(entry.leaseId);
    await (this.writing ?? Promise.resolve());
    const step = (await this.database).transaction(["outbox", "drafts"], "readwrite");
    await Promise.all([
      step.objectStore("outbox").put(entry),
      step.objectStore("drafts").delete(entry.leaseId),
      step.done,
    ]);
  }

  async queued(projectId: string, personId: string): Promise<Finished[]> {
    const all = (await (await this.database).getAll("outbox")) as Finished[];
    return all
      .filter((entry) => entry.projectId === projectId && entry.personId === personId)
      .sort((a, b) => a.queuedAt - b.queuedAt);
  }

  async sent(submissionId: string): Promise<void> {
    await (await this.database).delete("outbox", submissionId);
  }

  private async write(): Promise<void> {
    const database = await this.database;
    while (this.waiting.size > 0) {
      const entries = [...this.waiting.values()];
      this.waiting = new Map();
      const step = database.transaction("drafts", "readwrite");
      await Promise.all([...entries.map((entry) => step.store.put(entry)), step.done]);
    }
  }
}
