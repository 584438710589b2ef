import { toLabelDocument, fromLabelDocument, type LabelDocument } from "@/editor/labelDocument";
import { type EditorRecord, type EvidenceData, type EvidenceRecord, type RecordId, type Records, type RejectedRecord, verdictId, verdictOf } from "@/editor/records";
import type { EditorStore } from "@/editor/store";
import type { LabelBundle } from "../bundle";

const ORIGIN = "suggestion:";

/** What can be accepted or rejected by itself: a suggested answer (then `region` is null), or one mark. */
export interface SuggestedItem {
  readonly item: string;
  readonly clauseKey: string;
  /** As in "detector 2". */
  readonly model: string;
  /** From 0 to 1; null where the model does not say. */
  readonly confidence: number | null;
  readonly answer: string | null;
  readonly severity: number | null;
  /** Why, in an agent's own words; empty where it gave none, and for marks. */
  readonly reason: string;
  readonly region: EvidenceData | null;
}

export type Fate = "open" | "accepted" | "rejected";

/** What is sent along with the answer. */
export interface SuggestionReport {
  readonly shown_ms: number;
  readonly rejected: readonly string[];
}

export function rejectedId(item: string): RejectedRecord["id"] {
  return `rejected:${item}`;
}

export function itemOfOrigin(origin: string | undefined): string | null {
  return origin?.startsWith(ORIGIN) === true ? origin.slice(ORIGIN.length) : null;
}

/** Everything suggested for a task, by question and as the models gave it: an answer, then its marks. */
export function itemsOf({ suggestions, clauses }: Pick<LabelBundle, "suggestions" | "clauses">): SuggestedItem[] {
  const found = (suggestions?.suggestions ?? []).flatMap((one): SuggestedItem[] => {
    const about = { clauseKey: one.clause_key, model: `${one.model} ${one.version}`.trim() };
    const answer = { ...about, item: one.id, confidence: one.confidence, answer: one.answer, severity: one.severity, reason: one.reason, region: null };
    const marks = one.marks.map((mark) => ({
      ...about,
      item: mark.item,
      confidence: mark.confidence ?? one.confidence,
      answer: null,
      severity: null,
      reason: "",
      // The server checked it with the models the editor's types are written after.
      region: mark.region as unknown as EvidenceData,
    }));
    return one.answer === null ? marks : [answer, ...marks];
  });
  const place = new Map(clauses.map((clause, index) => [clause.key, index]));
  return found.sort((a, b) => (place.get(a.clauseKey) ?? 0) - (place.get(b.clauseKey) ?? 0));
}

/** The items that an answer or a mark was accepted from. */
function acceptedIn(records: Records): Set<string> {
  const found = new Set<string>();
  for (const record of records.values()) {
    const item = record.type === "evidence" || record.type === "verdict" ? itemOfOrigin(record.origin) : null;
    if (item !== null) found.add(item);
  }
  return found;
}

export function fates(records: Records, items: readonly SuggestedItem[]): Map<string, Fate> {
  const accepted = acceptedIn(records);
  return new Map(
    items.map(({ item }) => [item, accepted.has(item) ? "accepted" : records.has(rejectedId(item)) ? "rejected" : "open"]),
  );
}

export function openItems(records: Records, items: readonly SuggestedItem[]): SuggestedItem[] {
  const fate = fates(records, items);
  return items.filter(({ item }) => fate.get(item) === "open");
}

/** Make suggestions the person's own, as one step. Of several answers to a question the first is taken. */
export function accept(store: EditorStore, items: readonly SuggestedItem[]): void {
  const answered = new Set<string>();
  store.edit(
    (draft) => {
      for (const one of items) {
        draft.delete(rejectedId(one.item));
        const record = one.region === null ? answerOf(draft, one) : markOf(store, one, one.region);
        if (record.type === "verdict" && answered.has(one.clauseKey)) continue;
        if (record.type === "verdict") answered.add(one.clauseKey);
        draft.set(record.id, record);
      }
    },
    { label: items.length === 1 ? "Accept the suggestion" : "Accept the suggestions" },
  );
}

function answerOf(records: Records, one: SuggestedItem): EditorRecord {
  return { ...verdictOf(records, one.clauseKey), id: verdictId(one.clauseKey), answer: one.answer, severity: one.severity, origin: ORIGIN + one.item };
}

function markOf(store: EditorStore, one: SuggestedItem, data: EvidenceData): EvidenceRecord {
  return { type: "evidence", ...store.fresh(), clauseKey: one.clauseKey, data, origin: ORIGIN + one.item };
}

/** Say no to suggestions, as one step. */
export function reject(store: EditorStore, items: readonly SuggestedItem[]): void {
  store.edit(
    (draft) => {
      for (const { item } of items) draft.set(rejectedId(item), { type: "rejected", id: rejectedId(item), item });
    },
    { label: items.length === 1 ? "Reject the suggestion" : "Reject the suggestions" },
  );
}

/** A stretch of a medium, or a moment where both ends are the same, in the medium's own microseconds. */
export interface TimeOfMark {
  readonly startUs: number;
  readonly endUs: number;
}

/** Where in time a mark of this part lies; null for one that is of another part or of no time. */
export function timeOf(region: EvidenceData, partId: string): TimeOfMark | null {
  if (region.kind === "whole_post" || region.part_id !== partId) return null;
  if (region.kind === "time_range") return { startUs: region.start_us, endUs: region.end_us };
  if (region.kind === "track") {
    const [first, last] = [region.keyframes[0], region.keyframes.at(-1)];
    return first === undefined || last === undefined ? null : { startUs: first.pts_us, endUs: last.pts_us };
  }
  return "pts_us" in region && typeof region.pts_us === "number" ? { startUs: region.pts_us, endUs: region.pts_us } : null;
}

/** The open suggestion to go to from an item, which need not be open any more; round and round. */
export function neighbourOf(records: Records, items: readonly SuggestedItem[], from: string | null, by: 1 | -1): SuggestedItem | undefined {
  const open = new Set(openItems(records, items));
  const at = items.findIndex(({ item }) => item === from);
  const start = at < 0 && by < 0 ? items.length : at;
  for (let away = 1; away <= items.length; away += 1) {
    const one = items[(start + by * away + 2 * items.length) % items.length];
    if (one !== undefined && open.has(one)) return one;
  }
  return undefined;
}

/** The mark of the person's that an item became; null while it is none. */
export function markFrom(records: Records, item: string): EvidenceRecord | null {
  for (const record of records.values()) {
    if (record.type === "evidence" && itemOfOrigin(record.origin) === item) return record;
  }
  return null;
}

export function drawnId(item: string): EvidenceRecord["id"] {
  return `evidence:${ORIGIN}${item}`;
}

/** Suggested marks that are still open, as records to be drawn; they are no records of the person's. */
export function drawnOf(items: readonly SuggestedItem[]): Map<RecordId, EvidenceRecord> {
  return new Map(
    items.flatMap(({ item, clauseKey, region }, order): [RecordId, EvidenceRecord][] => {
      if (region === null) return [];
      const id = drawnId(item);
      return [[id, { type: "evidence", id, clauseKey, order, data: region }]];
    }),
  );
}

/** What to tell of the suggestions with an answer; null where none were shown. */
export function reportOf(bundle: LabelBundle, records: Records, shownMs: number): SuggestionReport | null {
  const items = itemsOf(bundle);
  if (items.length === 0) return null;
  const fate = fates(records, items);
  return { shown_ms: Math.round(shownMs), rejected: items.flatMap(({ item }) => (fate.get(item) === "rejected" ? [item] : [])) };
}

/** Whether the person answered already and now sees what a model thought. */
export function isSecondLook({ suggestions, submission }: LabelBundle): boolean {
  return suggestions?.timing === "after_answer" && submission !== null && suggestions.suggestions.length > 0;
}

/** Whether an answer sent before is left as it is. */
export function isUnchanged(bundle: LabelBundle, document: LabelDocument): boolean {
  if (bundle.submission === null) return false;
  const sent = fromLabelDocument(bundle.submission.document as LabelDocument);
  const same = toLabelDocument(new Map(sent.map((record) => [record.id, record])), bundle.clauses);
  return JSON.stringify(same) === JSON.stringify(document);
}
