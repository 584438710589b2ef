import { blankJudgment, type Judgment } from "./judgment";

export const DRAFT_FORMAT = "concord.judgment-draft.1";

/** A judgment as it lies on the server while it is being written. */
export interface DraftDocument {
  readonly format: typeof DRAFT_FORMAT;
  readonly judgment: Judgment;
  readonly active_ms: number;
}

export function toDraft(judgment: Judgment, activeMs: number): DraftDocument {
  // What was written before slates were judged has no places.
  return { format: DRAFT_FORMAT, judgment: { ...blankJudgment, ...judgment }, active_ms: Math.round(activeMs) };
}

/** Null when it is not a draft of this format: then it was not this page that wrote it. */
export function fromDraft(document: unknown): DraftDocument | null {
  if (!isObject(document) || document["format"] !== DRAFT_FORMAT) return null;
  const { judgment } = document;
  if (!isJudgment(judgment)) return null;
  const activeMs = document["active_ms"];
  // What was written before slates were judged has no places.
  return { format: DRAFT_FORMAT, judgment: { ...blankJudgment, ...judgment }, active_ms: typeof activeMs === "number" ? activeMs : 0 };
}

function isJudgment(value: unknown): value is Judgment {
  return (
    isObject(value) &&
    isObject(value["axes"]) &&
    isObject(value["opinions"]) &&
    isObject(value["rewrites"]) &&
    typeof value["reason"] === "string"
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
