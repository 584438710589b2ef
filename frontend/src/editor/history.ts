import { applied, type Diff, inverted, isEmpty, joined } from "./diffs";
import { type Records } from "./records";

/** One step a person can take back: everything one gesture changed. */
export interface Step {
  readonly label: string;
  readonly diff: Diff;
}

interface Open extends Step {
  /** Changes with the same key go on in the same step: the letters of one reason, one answer changed twice. */
  readonly key: string | null;
}

/** Undo and redo over differences. A gesture is one step, however many changes it made on the way. */
export class History {
  private done: Step[] = [];
  private undone: Step[] = [];
  private open: Open | null = null;
  private inGesture = false;

  constructor(private readonly limit = 500) {}

  /** Everything until `end` is one step. */
  begin(label: string): void {
    this.close();
    this.open = { label, diff: [], key: null };
    this.inGesture = true;
  }

  /** Returns what the gesture changed altogether. */
  end(): Diff {
    const whole = this.inGesture && this.open !== null ? this.open.diff : [];
    this.close();
    return whole;
  }

  get isInGesture(): boolean {
    return this.inGesture;
  }

  /** Give up the gesture: returns what takes its changes back. */
  cancel(): Diff {
    const back = this.open === null ? [] : inverted(this.open.diff);
    this.open = null;
    this.inGesture = false;
    return back;
  }

  record(diff: Diff, label: string, key: string | null = null): void {
    if (isEmpty(diff)) return;
    this.undone = [];
    if (this.inGesture && this.open !== null) {
      this.open = { ...this.open, diff: joined(this.open.diff, diff) };
      return;
    }
    if (this.open !== null && key !== null && this.open.key === key) {
      this.open = { ...this.open, diff: joined(this.open.diff, diff) };
      return;
    }
    this.close();
    this.open = { label, diff, key };
    if (key === null) this.close();
  }

  undo(): Step | null {
    this.close();
    const step = this.done.pop();
    if (step === undefined) return null;
    this.undone.push(step);
    return { label: step.label, diff: inverted(step.diff) };
  }

  redo(): Step | null {
    this.close();
    const step = this.undone.pop();
    if (step === undefined) return null;
    this.done.push(step);
    return step;
  }

  get canUndo(): boolean {
    return this.done.length > 0 || (this.open !== null && !isEmpty(this.open.diff));
  }

  get canRedo(): boolean {
    return this.undone.length > 0;
  }

  clear(): void {
    this.done = [];
    this.undone = [];
    this.open = null;
    this.inGesture = false;
  }

  private close(): void {
    if (this.open !== null && !isEmpty(this.open.diff)) {
      this.done.push({ label: this.open.label, diff: this.open.diff });
      if (this.done.length > this.limit) this.done.shift();
    }
    this.open = null;
    this.inGesture = false;
  }
}

export function replayed(records: Records, step: Step): Records {
  return applied(records, step.diff);
}
