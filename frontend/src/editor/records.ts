/**
 * What is being edited, as flat records with identities. A record is a plain value; the store only ever
 * replaces it. Everything else (undo, journal, drafts, drawing) speaks in differences of records.
 */

/** On which picture a shape lies, and what is said of it beside its outline. */
export interface PicturePlace {
  readonly part_id: string;
  readonly asset_sha256: string;
  readonly frame?: number | null;
  readonly pts_us?: number | null;
  readonly is_occluded?: boolean;
  readonly is_truncated?: boolean;
  readonly note?: string;
}

/** Turned by `rotation` degrees clockwise about its top left corner. */
export interface BoxShape extends PicturePlace {
  readonly kind: "box";
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly rotation?: number;
}

/** Turned by `rotation` degrees clockwise about its middle, which is `x`, `y`. */
export interface EllipseShape extends PicturePlace {
  readonly kind: "ellipse";
  readonly x: number;
  readonly y: number;
  readonly radius_x: number;
  readonly radius_y: number;
  readonly rotation?: number;
}

export type Corner = readonly [number, number];

export interface PolygonShape extends PicturePlace {
  readonly kind: "polygon";
  readonly points: readonly Corner[];
}

export interface PolylineShape extends PicturePlace {
  readonly kind: "polyline";
  readonly points: readonly Corner[];
}

export interface PointShape extends PicturePlace {
  readonly kind: "point";
  readonly x: number;
  readonly y: number;
}

/** Painted pixels: COCO's packed run lengths over the whole picture, `size` is its height and width. */
export interface MaskShape extends PicturePlace {
  readonly kind: "mask";
  readonly size: readonly [height: number, width: number];
  readonly counts: string;
}

/** What can be drawn on a picture. */
export type Shape = BoxShape | EllipseShape | PolygonShape | PolylineShape | PointShape | MaskShape;

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

/** How a followed thing is seen from one keyframe to the next. */
interface KeyframeState {
  readonly frame: number;
  readonly pts_us: number;
  readonly is_occluded?: boolean;
  readonly is_outside?: boolean;
}

export interface BoxKeyframe extends KeyframeState {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly rotation?: number;
}

export interface PolygonKeyframe extends KeyframeState {
  readonly points: readonly (readonly [number, number])[];
}

export interface PointKeyframe extends KeyframeState {
  readonly x: number;
  readonly y: number;
}

export type Keyframe = BoxKeyframe | PolygonKeyframe | PointKeyframe;

/** One thing followed through a video: keyframes forward in time, all of one shape. See `time/tracks.ts`. */
export interface TrackMark {
  readonly kind: "track";
  readonly part_id: string;
  readonly asset_sha256: string;
  readonly keyframes: readonly Keyframe[];
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
  | Shape
  | FrameMark
  | TimeRangeMark
  | TrackMark
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
  /** The rulings it cites. */
  readonly precedents?: readonly string[];
  /** The suggestion it was accepted from, also when it was changed since. */
  readonly origin?: string;
}

/** One mark in the post, tied to the verdict it supports. `order` keeps the sequence they were made in. */
export interface EvidenceRecord {
  readonly type: "evidence";
  readonly id: `evidence:${string}`;
  readonly clauseKey: string;
  readonly order: number;
  readonly data: EvidenceData;
  /** The suggestion it was accepted from, also when it was changed since. */
  readonly origin?: string;
}

export interface NotesRecord {
  readonly type: "notes";
  readonly id: "notes";
  readonly text: string;
}

/** A suggested answer or mark the person said no to. */
export interface RejectedRecord {
  readonly type: "rejected";
  readonly id: `rejected:${string}`;
  readonly item: string;
}

export type EditorRecord = VerdictRecord | EvidenceRecord | NotesRecord | RejectedRecord;
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
