import type { WorkJournal } from "@/work/journal";
import * as keeping from "@/work/keeping/session";
import type { JudgmentLetter } from "./calls";
import { type DraftDocument, fromDraft, toDraft } from "./draft";
import { blankJudgment, isBlank, type Judgment } from "./judgment";

const MOST_UNDOS = 200;

/** What this browser knows of a judgment being written. */
export interface LocalDraft extends keeping.LocalDraft {
  readonly judgment: Judgment;
}

export type JudgmentJournal = WorkJournal<LocalDraft, JudgmentLetter>;
export type SessionPorts = keeping.KeepingPorts<DraftDocument, LocalDraft>;

export interface SessionState extends keeping.Keeping<DraftDocument> {
  readonly judgment: Judgment;
}

interface SessionStart extends keeping.KeepingStart<LocalDraft> {
  /** A judgment sent before, to be corrected. */
  readonly sent: Judgment | null;
}

/** One comparison being judged: what is said so far, the way back, and how it is kept. */
export class JudgmentSession extends keeping.KeptSession<DraftDocument, LocalDraft, SessionState> {
  private past: readonly Judgment[] = [];
  private future: readonly Judgment[] = [];

  constructor(start: SessionStart, ports: SessionPorts) {
    const opening = keeping.openingOf(
      start,
      fromDraft,
      ({ judgment, activeMs }) => toDraft({ ...blankJudgment, ...judgment }, activeMs),
      ({ judgment }) => isBlank(judgment),
    );
    const found = opening.mine?.judgment ?? opening.server?.judgment ?? start.sent ?? blankJudgment;
    // What this browser kept before slates were judged has no places.
    const judgment = { ...blankJudgment, ...found };
    super(start, opening, { judgment, ...keeping.keepingOf(opening) }, ports);
  }

  /** Take in a change; `isStep` makes it one that can be undone on its own (typing does not). */
  change(next: Judgment, { isStep = true }: { isStep?: boolean } = {}): void {
    if (next === this.state.judgment) return;
    if (isStep) this.past = [...this.past, this.state.judgment].slice(-MOST_UNDOS);
    this.future = [];
    this.put(next);
  }

  undo(): void {
    const before = this.past.at(-1);
    if (before === undefined) return;
    this.past = this.past.slice(0, -1);
    this.future = [this.state.judgment, ...this.future];
    this.put(before);
  }

  redo(): void {
    const [after, ...rest] = this.future;
    if (after === undefined) return;
    this.future = rest;
    this.past = [...this.past, this.state.judgment];
    this.put(after);
  }

  protected draft(activeMs: number): DraftDocument {
    return toDraft(this.state.judgment, activeMs);
  }

  protected local(facts: keeping.LocalDraft): LocalDraft {
    return { ...facts, judgment: this.state.judgment };
  }

  protected read(document: unknown): DraftDocument | null {
    return fromDraft(document);
  }

  protected replace(draft: DraftDocument | null): void {
    this.set({ ...this.state, judgment: draft?.judgment ?? blankJudgment });
  }

  private put(judgment: Judgment): void {
    this.set({ ...this.state, judgment });
    this.changed();
  }
}
