/**
 * What is being edited, as flat records with identities. A record is a plain value; the store only ever
 * replaces it. Everything else (undo, journal, drafts, drawing) speaks in differences of records.
 */

export interface BoxShape {
  readonly kind: "box";
  readonly part_id: string;
  readonly asset_sha256: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly rotation?: number;
  readonly frame?: number | null;
  readonly pts_us?: number | null;
}

export interface PolygonShape {
  readonly kind: "polygon";
  readonly part_id: string;
  readonly asset_sha256: string;
  readonly points: readonly (readonly [number, number])[];
  readonly frame?: number | null;
  readonly pts_us?: number | null;
}

export interface PointShape {
  readonly kind: "point";
  readonly part_id: string;
  readonly asset_sha256: string;
  readonly x: number;
  readonly y: number;
  readonly frame?: number | null;
  readonly pts_us?: number | null;
}

export interface FrameMark {
  readonly kind: "frame";
  readonly part_id: string;
  readonly asset_sha256: string;
  readonly frame: number;
  readonly pts_us: number;
}

export interface TimeRangeMark {
  readonly kind: "time_range";
  readonly part_id: string;
  readonly asset_sha256: string;
  readonly start_us: number;
  readonly end_us: number;
  readonly start_frame?: number | null;
  readonly end_frame?: number | null;
}

export interface TextSpanMark {
  readonly kind: "text_span";
  readonly part_id: string;
  /** Unicode code points, end not included. */
  readonly start: number;
  readonly end: number;
  readonly quote?: string | null;
}

export interface PartMark {
  readonly kind: "part";
  readonly part_id: string;
}

export interface WholePostMark {
  readonly kind: "whole_post";
}

export type EvidenceData =
  | BoxShape
  | PolygonShape
  | PointShape
  | FrameMark
  | TimeRangeMark
  | TextSpanMark
  | PartMark
  | WholePostMark;

export type EvidenceKind = EvidenceData["kind"];

/** One answer in the making; everything but the clause may still be missing. */
export interface VerdictRecord {
  readonly type: "verdict";
  readonly id: `verdict:${string}`;
  readonly clauseKey: string;
  readonly answer: string | null;
  readonly severity: number | null;
  readonly confidence: number | null;
  readonly reason: string;
}

/** One mark in the post, tied to the verdict it supports. `order` keeps the sequence they were made in. */
export interface EvidenceRecord {
  readonly type: "evidence";
  readonly id: `evidence:${string}`;
  readonly clauseKey: string;
  readonly order: number;
  readonly data: EvidenceData;
}

export interface NotesRecord {
  readonly type: "notes";
  readonly id: "notes";
  readonly text: string;
}

export type EditorRecord = VerdictRecord | EvidenceRecord | NotesRecord;
export type RecordId = EditorRecord["id"];
export type Records = ReadonlyMap<RecordId, EditorRecord>;

export function verdictId(clauseKey: string): VerdictRecord["id"] {
  return `verdict:${clauseKey}`;
}

export function emptyVerdict(clauseKey: string): VerdictRecord {
  return {
    type: "verdict",
    id: verdictId(clauseKey),
    clauseKey,
    answer: null,
    severity: null,
    confidence: null,
    reason: "",
  };
}

export function verdictOf(records: Records, clauseKey: string): VerdictRecord {
  const record = records.get(verdictId(clauseKey));
  return record?.type === "verdict" ? record : emptyVerdict(clauseKey);
}

/** Marks in the order they were made; of one clause, or of all. */
export function evidenceOf(records: Records, clauseKey?: string): EvidenceRecord[] {
  const found: EvidenceRecord[] = [];
  for (const record of records.values()) {
    if (record.type === "evidence" && (clauseKey === undefined || record.clauseKey === clauseKey)) found.push(record);
  }
  return found.sort((a, b) => a.order - b.order || a.id.localeCompare(b.id));
}

export function notesOf(records: Records): string {
  const record = records.get("notes");
  return record?.type === "notes" ? record.text : "";
}
