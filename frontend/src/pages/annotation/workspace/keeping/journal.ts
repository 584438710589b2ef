import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import type { LabelDocument } from "@/editor/labelDocument";
import type { EditorRecord } from "@/editor/records";

/** What a person has so far on one task, as this browser knows it. */
export interface JournalEntry {
  readonly leaseId: string;
  readonly personId: string;
  readonly records: readonly EditorRecord[];
  readonly activeMs: number;
  /** The server's draft version this grew from; 0 for none. */
  readonly baseVersion: number;
  /** Whether there is something here that the server has not got. */
  readonly isDirty: boolean;
  readonly savedAt: number;
}

/** A finished answer on its way to the server. It leaves only when the server has it, or refuses it for good. */
export interface OutboxEntry {
  readonly submissionId: string;
  readonly leaseId: string;
  readonly projectId: string;
  readonly personId: string;
  readonly postName: string;
  readonly document: LabelDocument;
  readonly activeMs: number;
  readonly supersedesId: string | null;
  readonly queuedAt: number;
  /** The server's draft version the answer grew from. */
  readonly draftVersion: number;
}

interface Tables extends DBSchema {
  drafts: { key: string; value: JournalEntry };
  outbox: { key: string; value: OutboxEntry };
}

/** The local journal, in IndexedDB: it outlives the tab, the network and the session. */
export class Journal {
  private readonly database: Promise<IDBPDatabase<Tables>>;
  private waiting = new Map<string, JournalEntry>();
  private writing: Promise<void> | null = null;

  constructor(name = "concord-labels") {
    this.database = openDB<Tables>(name, 1, {
      upgrade(database) {
        database.createObjectStore("drafts", { keyPath: "leaseId" });
        database.createObjectStore("outbox", { keyPath: "submissionId" });
      },
    });
  }

  /** Keep the newest state of a draft; states that come faster than the disk are skipped over. */
  keep(entry: JournalEntry): Promise<void> {
    this.waiting.set(entry.leaseId, entry);
    this.writing ??= this.write().finally(() => {
      this.writing = null;
    });
    return this.writing;
  }

  async read(leaseId: string, personId: string): Promise<JournalEntry | null> {
    const entry = await (await this.database).get("drafts", leaseId);
    return entry !== undefined && entry.personId === personId ? entry : null;
  }

  async forget(leaseId: string): Promise<void> {
    this.waiting.delete(leaseId);
    await (this.writing ?? Promise.resolve());
    await (await this.database).delete("drafts", leaseId);
  }

  /** Put a finished answer in line, and its draft away, as one step. */
  async enqueue(entry: OutboxEntry): Promise<void> {
    this.waiting.delete(entry.leaseId);
    await (this.writing ?? Promise.resolve());
    const step = (await this.database).transaction(["outbox", "drafts"], "readwrite");
    await Promise.all([
      step.objectStore("outbox").put(entry),
      step.objectStore("drafts").delete(entry.leaseId),
      step.done,
    ]);
  }

  async queued(projectId: string, personId: string): Promise<OutboxEntry[]> {
    const all = await (await this.database).getAll("outbox");
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
