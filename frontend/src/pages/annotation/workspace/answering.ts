import { isHarmful, missingFor, missingIn } from "@/editor/labelDocument";
import { evidenceOf, type EvidenceRecord, type RecordId, type Records, type Shape, verdictOf } from "@/editor/records";
import { shapeWords } from "@/editor/shapes";
import type { EditorStore } from "@/editor/store";
import type { Clause } from "./bundle";
import { itemOfOrigin, rejectedId } from "./suggestions/items";
import type { Workspace } from "./context";

export const REASON_FIELD = "reason-of-the-answer";

const confidences = [0.25, 0.5, 0.75, 1] as const;
export const confidenceWords: Readonly<Record<number, string>> = {
  0.25: "A guess",
  0.5: "Unsure",
  0.75: "Fairly sure",
  1: "Certain",
};

/** Choose an answer; an answer that needs no severity gives up the one it had. */
export function answer(store: EditorStore, clause: Clause, value: string): void {
  const verdict = verdictOf(store.snapshot(), clause.key);
  const severity = isHarmful(clause, value) ? verdict.severity : null;
  store.put({ ...verdict, answer: value, severity }, { label: `Answer “${clause.title}”` });
}

export function setSeverity(store: EditorStore, clause: Clause, severity: number | null): void {
  store.put({ ...verdictOf(store.snapshot(), clause.key), severity }, { label: "Choose a severity" });
}

export function setConfidence(store: EditorStore, clause: Clause, confidence: number | null): void {
  store.put({ ...verdictOf(store.snapshot(), clause.key), confidence }, { label: "Say how sure" });
}

/** Certain first: that is the most common thing to say. */
export function cycleConfidence(store: EditorStore, clause: Clause): void {
  const { confidence } = verdictOf(store.snapshot(), clause.key);
  const at = confidences.findIndex((value) => value === confidence);
  const next = confidence === null ? 1 : at <= 0 ? null : (confidences[at - 1] ?? null);
  setConfidence(store, clause, next);
}

export function setReason(store: EditorStore, clause: Clause, reason: string): void {
  store.put(
    { ...verdictOf(store.snapshot(), clause.key), reason },
    { label: "Write the reason", key: `reason:${clause.key}` },
  );
}

/** Cite a ruling for the answer, or cite it no more. */
export function cite(store: EditorStore, clause: Clause, precedentId: string): void {
  const verdict = verdictOf(store.snapshot(), clause.key);
  const cited = verdict.precedents ?? [];
  const precedents = cited.includes(precedentId) ? cited.filter((id) => id !== precedentId) : [...cited, precedentId];
  store.put({ ...verdict, precedents }, { label: cited.length < precedents.length ? "Cite a ruling" : "Cite a ruling no more" });
}

export function removeEvidence(store: EditorStore, id: RecordId): void {
  removeMarks(store, [id]);
}

/** Marks that were accepted from suggestions do not come back as such: deleting one says no to it. */
export function removeMarks(store: EditorStore, ids: readonly RecordId[]): void {
  store.edit(
    (draft) => {
      for (const id of ids) {
        const record = draft.get(id);
        const item = record?.type === "evidence" ? itemOfOrigin(record.origin) : null;
        draft.delete(id);
        if (item !== null) draft.set(rejectedId(item), { type: "rejected", id: rejectedId(item), item });
      }
    },
    { label: ids.length > 1 ? `Delete ${ids.length} marks` : "Delete the mark" },
  );
}

/** The next question still lacking something, looking onwards from one and then from the top; null when none is. */
export function nextOpen(store: EditorStore, clauses: readonly Clause[], from: string): string | null {
  const at = clauses.findIndex((clause) => clause.key === from);
  const onwards = [...clauses.slice(at + 1), ...clauses.slice(0, at + 1)];
  return onwards.find((clause) => missingFor(store.snapshot(), clause).length > 0)?.key ?? null;
}

/**
 * Answer a question, always by one rule: an answer that finds nothing goes on to the next question that lacks
 * something; one that finds something stays, for its severity, evidence and reason. `stays`: stay in any case.
 */
export function choose(
  { store, bundle, setActiveKey }: Pick<Workspace, "store" | "bundle" | "setActiveKey">,
  clause: Clause,
  value: string,
  stays = false,
): void {
  answer(store, clause, value);
  if (stays || isHarmful(clause, value)) return;
  const next = nextOpen(store, bundle.clauses, clause.key);
  if (next !== null) setActiveKey(next);
}

/**
 * Of each question without an answer, the one answer that finds nothing. One with several such answers is left to be
 * asked, and so is one that something was marked for already.
 */
function restOf(records: Records, clauses: readonly Clause[]): [Clause, string][] {
  return clauses.flatMap((clause): [Clause, string][] => {
    const harmless = clause.answers.filter(({ value }) => !isHarmful(clause, value));
    const only = harmless.length === 1 && harmless.length < clause.answers.length ? harmless[0] : undefined;
    if (only === undefined || verdictOf(records, clause.key).answer !== null || evidenceOf(records, clause.key).length > 0) return [];
    return [[clause, only.value]];
  });
}

/** Whether several questions are open that can be answered in one go. */
export function hasRest(records: Records, clauses: readonly Clause[]): boolean {
  return restOf(records, clauses).length > 1;
}

/** Say of every question that is open that nothing is found, as one step, and go on to what still lacks something. */
export function findNothingElse({ store, bundle, activeKey, setActiveKey }: Pick<Workspace, "store" | "bundle" | "activeKey" | "setActiveKey">): void {
  const rest = restOf(store.snapshot(), bundle.clauses);
  store.edit(
    (draft) => {
      for (const [clause, value] of rest) {
        const verdict = verdictOf(draft, clause.key);
        draft.set(verdict.id, { ...verdict, answer: value, severity: null });
      }
    },
    { label: "Find nothing else" },
  );
  const next = nextOpen(store, bundle.clauses, activeKey);
  if (next !== null) setActiveKey(next);
}

export function isComplete(store: EditorStore, clauses: readonly Clause[]): boolean {
  return missingIn(store.snapshot(), clauses).length === 0;
}

/** What a mark is called in lists. */
export function describeEvidence({ data }: Pick<EvidenceRecord, "data">, partLabel: string): string {
  switch (data.kind) {
    case "whole_post":
      return "The whole post";
    case "part":
      return `${partLabel}, whole`;
    case "frame":
      return `${partLabel}, frame ${data.frame}`;
    case "time_range":
      return data.start_frame === null || data.start_frame === undefined
        ? `Stretch of ${partLabel}`
        : `${partLabel}, frames ${data.start_frame}–${data.end_frame ?? data.start_frame}`;
    case "text_span":
      return data.quote ?? `Text in ${partLabel}`;
    case "track": {
      const first = data.keyframes[0]?.frame ?? 0;
      return `Track in ${partLabel}, frames ${first}–${data.keyframes.at(-1)?.frame ?? first}`;
    }
    default:
      return describeShape(data, partLabel);
  }
}

function describeShape(shape: Shape, partLabel: string): string {
  const word = shapeWords[shape.kind];
  const name = `${word.charAt(0).toUpperCase()}${word.slice(1)} in ${partLabel}`;
  return typeof shape.frame === "number" ? `${name}, frame ${shape.frame}` : name;
}
