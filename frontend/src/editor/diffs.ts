import { type EditorRecord, type RecordId, type Records } from "./records";

/** What one record was and what it became; absent means that it did not exist. */
export interface Change {
  readonly id: RecordId;
  readonly before?: EditorRecord;
  readonly after?: EditorRecord;
}

/** A set of changes, one for each record at most. */
export type Diff = readonly Change[];

export function isEmpty(diff: Diff): boolean {
  return diff.length === 0;
}

export function inverted(diff: Diff): Diff {
  return diff.map(({ id, before, after }) => ({ id, before: after, after: before }));
}

/** `first` then `second` as one difference; what comes back to where it was drops out. */
export function joined(first: Diff, second: Diff): Diff {
  const changes = new Map<RecordId, Change>(first.map((change) => [change.id, change]));
  for (const change of second) {
    const earlier = changes.get(change.id);
    changes.set(change.id, earlier === undefined ? change : { ...change, before: earlier.before });
  }
  return [...changes.values()].filter(({ before, after }) => !sameRecord(before, after));
}

export function applied(records: Records, diff: Diff): Records {
  if (isEmpty(diff)) return records;
  const next = new Map(records);
  for (const { id, after } of diff) {
    if (after === undefined) next.delete(id);
    else next.set(id, after);
  }
  return next;
}

/** What leads from one state to another. */
export function between(from: Records, to: Records): Diff {
  const changes: Change[] = [];
  for (const [id, before] of from) {
    const after = to.get(id);
    if (!sameRecord(before, after)) changes.push({ id, before, after });
  }
  for (const [id, after] of to) {
    if (!from.has(id)) changes.push({ id, after });
  }
  return changes;
}

function sameRecord(a: EditorRecord | undefined, b: EditorRecord | undefined): boolean {
  if (a === b) return true;
  if (a === undefined || b === undefined) return false;
  return JSON.stringify(a) === JSON.stringify(b);
}
