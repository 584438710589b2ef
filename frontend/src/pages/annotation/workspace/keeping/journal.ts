import type { LabelDocument } from "@/editor/labelDocument";
import type { EditorRecord } from "@/editor/records";
import { type FinishedAnswer, type KeptDraft, WorkJournal } from "@/work/journal";

/** What a person has so far on one task, as this browser knows it. */
export interface JournalEntry extends KeptDraft {
  readonly records: readonly EditorRecord[];
  readonly activeMs: number;
  /** The server's draft version this grew from; 0 for none. */
  readonly baseVersion: number;
  /** Whether there is something here that the server has not got. */
  readonly isDirty: boolean;
  readonly savedAt: number;
}

/** A finished answer on its way to the server. It leaves only when the server has it, or refuses it for good. */
export interface OutboxEntry extends FinishedAnswer {
  readonly postName: string;
  readonly document: LabelDocument;
  readonly activeMs: number;
  readonly supersedesId: string | null;
  /** The server's draft version the answer grew from. */
  readonly draftVersion: number;
}

/** The labels' journal on this machine. */
export class Journal extends WorkJournal<JournalEntry, OutboxEntry> {
  constructor(name = "concord-labels") {
    super(name);
  }
}
