import { type DraftDocument, fromDraft, isBlank, toDraft } from "@/editor/labelDocument";
import type { EditorRecord } from "@/editor/records";
import { EditorStore } from "@/editor/store";
import * as keeping from "@/work/keeping/session";
import type { JournalEntry } from "./journal";

export type SessionState = keeping.Keeping<DraftDocument>;
export type SessionPorts = keeping.KeepingPorts<DraftDocument, JournalEntry>;

export interface SessionStart extends keeping.KeepingStart<JournalEntry> {
  /** Records of an answer sent before, to be corrected. */
  readonly sent: readonly EditorRecord[] | null;
}

/** One post being labelled: its records, and how they are kept. */
export class TaskSession extends keeping.KeptSession<DraftDocument, JournalEntry, SessionState> {
  readonly store: EditorStore;
  private readonly unsubscribe: () => void;

  constructor(start: SessionStart, ports: SessionPorts) {
    const opening = openingOf(start);
    super(start, opening, keeping.keepingOf(opening), ports);
    this.store = new EditorStore(opening.records);
    this.unsubscribe = this.store.subscribe((_, diff) => {
      if (diff.length > 0) this.changed();
    });
  }

  override close(): void {
    super.close();
    this.unsubscribe();
  }

  protected draft(activeMs: number): DraftDocument {
    return toDraft(this.store.snapshot(), activeMs);
  }

  protected local(facts: keeping.LocalDraft): JournalEntry {
    return { ...facts, records: [...this.store.snapshot().values()], savedAt: Date.now() };
  }

  protected read(document: unknown): DraftDocument | null {
    return fromDraft(document);
  }

  protected replace(draft: DraftDocument | null): void {
    this.store.reset(draft?.records ?? []);
  }
}

interface Opening extends keeping.Opening<DraftDocument, JournalEntry> {
  readonly records: readonly EditorRecord[];
}

/** What to start from: the local journal when it has something newer, else the server's draft, else what was sent. */
export function openingOf(start: SessionStart): Opening {
  const kept = ({ records }: JournalEntry) => new EditorStore(records).snapshot();
  const opening = keeping.openingOf(start, fromDraft, (local) => toDraft(kept(local), local.activeMs), (local) => isBlank(kept(local)));
  return { ...opening, records: opening.mine?.records ?? opening.server?.records ?? start.sent ?? [] };
}
