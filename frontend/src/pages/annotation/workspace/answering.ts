import { isHarmful, missingFor, missingIn } from "@/editor/labelDocument";
import { type EvidenceRecord, type RecordId, verdictOf } from "@/editor/records";
import type { EditorStore } from "@/editor/store";
import type { Clause } from "./bundle";

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

export function removeEvidence(store: EditorStore, id: RecordId): void {
  store.remove([id], { label: "Delete the mark" });
}

/** The next question still lacking something, looking onwards from one and then from the top; null when none is. */
export function nextOpen(store: EditorStore, clauses: readonly Clause[], from: string): string | null {
  const at = clauses.findIndex((clause) => clause.key === from);
  const onwards = [...clauses.slice(at + 1), ...clauses.slice(0, at + 1)];
  return onwards.find((clause) => missingFor(store.snapshot(), clause).length > 0)?.key ?? null;
}

export function isComplete(store: EditorStore, clauses: readonly Clause[]): boolean {
  return missingIn(store.snapshot(), clauses).length === 0;
}

/** What a mark is called in lists. */
export function describeEvidence({ data }: EvidenceRecord, partLabel: string): string {
  switch (data.kind) {
    case "whole_post":
      return "The whole post";
    case "part":
      return `${partLabel}, whole`;
    case "box":
      return data.frame === null || data.frame === undefined ? `Box in ${partLabel}` : `Box in ${partLabel}, frame ${data.frame}`;
    case "frame":
      return `${partLabel}, frame ${data.frame}`;
    case "time_range":
      return data.start_frame === null || data.start_frame === undefined
        ? `Stretch of ${partLabel}`
        : `${partLabel}, frames ${data.start_frame}–${data.end_frame ?? data.start_frame}`;
    case "text_span":
      return data.quote ?? `Text in ${partLabel}`;
    case "polygon":
      return `Outline in ${partLabel}`;
    case "point":
      return `Point in ${partLabel}`;
  }
}
