import { applied, between, type Diff, isEmpty } from "./diffs";
import { History } from "./history";
import { type EditorRecord, type RecordId, type Records } from "./records";

export interface EditOptions {
  /** What the step is called in "Undo …". */
  readonly label: string;
  /** Edits with the same key in a row are one step. */
  readonly key?: string;
}

/**
 * Told of every new state. `diff` is what is done: a gesture under way changes the records with every move,
 * but is told as one difference when the hand lets go, so that it is kept once and not a hundred times.
 */
export type Listener = (records: Records, diff: Diff) => void;

/** The records of one task, with their history. Knows nothing of how they are drawn, kept or sent. */
export class EditorStore {
  private current: Records;
  private readonly history = new History();
  private readonly listeners = new Set<Listener>();
  private counter: number;

  constructor(
    initial: Iterable<EditorRecord> = [],
    private readonly freshId: () => string = () => crypto.randomUUID(),
  ) {
    this.current = new Map([...initial].map((record) => [record.id, record]));
    this.counter = nextOrder(this.current);
  }

  snapshot = (): Records => this.current;

  subscribe = (listener: Listener): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Put a record in, or in place of the one with its identity. */
  put(record: EditorRecord, options: EditOptions): void {
    this.edit((draft) => void draft.set(record.id, record), options);
  }

  remove(ids: readonly RecordId[], options: EditOptions): void {
    this.edit((draft) => ids.forEach((id) => draft.delete(id)), options);
  }

  /** Change several records as one step (or as part of the gesture under way). */
  edit(change: (draft: Map<RecordId, EditorRecord>) => void, { label, key }: EditOptions): void {
    const draft = new Map(this.current);
    change(draft);
    const diff = between(this.current, draft);
    if (isEmpty(diff)) return;
    this.history.record(diff, label, key ?? null);
    this.set(applied(this.current, diff), this.history.isInGesture ? [] : diff);
  }

  begin(label: string): void {
    const before = this.history.end();
    if (!isEmpty(before)) this.tell(before);
    this.history.begin(label);
  }

  end(): void {
    this.tell(this.history.end());
  }

  cancel(): void {
    this.set(applied(this.current, this.history.cancel()), []);
  }

  undo(): string | null {
    return this.travel(this.history.undo());
  }

  redo(): string | null {
    return this.travel(this.history.redo());
  }

  get canUndo(): boolean {
    return this.history.canUndo;
  }

  get canRedo(): boolean {
    return this.history.canRedo;
  }

  /** Replace everything (a draft was loaded); there is nothing to undo before it. */
  reset(records: Iterable<EditorRecord>): void {
    const next = new Map([...records].map((record) => [record.id, record]));
    const diff = between(this.current, next);
    this.history.clear();
    this.counter = nextOrder(next);
    this.set(next, diff);
  }

  /** Identity and place in the sequence for a new mark. */
  fresh(): { readonly id: `evidence:${string}`; readonly order: number } {
    const order = this.counter;
    this.counter += 1;
    return { id: `evidence:${this.freshId()}`, order };
  }

  private travel(step: { readonly label: string; readonly diff: Diff } | null): string | null {
    if (step === null) return null;
    this.set(applied(this.current, step.diff), step.diff);
    return step.label;
  }

  private set(records: Records, diff: Diff): void {
    this.current = records;
    this.tell(diff);
  }

  private tell(diff: Diff): void {
    this.listeners.forEach((listener) => listener(this.current, diff));
  }
}

function nextOrder(records: Records): number {
  let next = 0;
  for (const record of records.values()) if (record.type === "evidence") next = Math.max(next, record.order + 1);
  return next;
}
