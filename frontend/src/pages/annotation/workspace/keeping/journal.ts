import type { LabelDocument } from "@/editor/labelDocument";
import type { EditorRecord } from "@/editor/records";
import type { SuggestionReport } from "../suggestions/items";
import { type FinishedAnswer, WorkJournal } from "@/work/journal";
import type { LocalDraft } from "@/work/keeping/session";

/** What a person has so far on one task, as this browser knows it. */
export interface JournalEntry extends LocalDraft {
  readonly records: readonly EditorRecord[];
  readonly savedAt: number;
}

/** A finished answer on its way to the server. It leaves only when the server has it, or refuses it for good. */
export interface OutboxEntry extends FinishedAnswer {
  readonly postName: string;
  readonly document: LabelDocument;
  readonly activeMs: number;
  readonly supersedesId: string | null;
  /** What became of suggestions; null where none were shown, absent in what an earlier version of the page wrote. */
  readonly suggestions?: SuggestionReport | null;
  /** The server's draft version the answer grew from. */
  readonly draftVersion: number;
}

/** The labels' journal on this machine. */
export class Journal extends WorkJournal<JournalEntry, OutboxEntry> {
  constructor(name = "concord-labels") {
    super(name);
  }
}
