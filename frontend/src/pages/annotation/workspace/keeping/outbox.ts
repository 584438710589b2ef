import { fromLabelDocument } from "@/editor/labelDocument";
import { WorkOutbox } from "@/work/outbox";
import type { Journal, JournalEntry, OutboxEntry } from "./journal";

/** Finished labels on their way to the server. */
export class Outbox extends WorkOutbox<JournalEntry, OutboxEntry> {
  constructor(
    journal: Journal,
    submit: (entry: OutboxEntry) => Promise<unknown>,
    projectId: string,
    personId: string,
  ) {
    super(journal, submit, asDraft, projectId, personId);
  }
}

function asDraft({ leaseId, personId, document, activeMs, draftVersion }: OutboxEntry): JournalEntry {
  return {
    leaseId,
    personId,
    records: fromLabelDocument(document),
    activeMs,
    baseVersion: draftVersion,
    isDirty: true,
    savedAt: Date.now(),
  };
}
