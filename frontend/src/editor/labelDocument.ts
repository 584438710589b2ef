import {
  type EditorRecord,
  emptyVerdict,
  type EvidenceData,
  evidenceOf,
  notesOf,
  type Records,
  type VerdictRecord,
  verdictOf,
} from "./records";

/** A clause, as far as checking an answer to it takes. */
export interface AskedClause {
  readonly key: string;
  readonly title: string;
  readonly answers: readonly { readonly value: string; readonly label: string; readonly harmful: boolean }[];
  readonly severities: readonly { readonly value: number; readonly label: string }[];
  readonly evidence_kinds: readonly string[];
  readonly requires: { readonly evidence: boolean; readonly reason: boolean; readonly severity: boolean };
}

export type EvidencePiece = EvidenceData & { readonly id?: string | null; readonly origin?: string | null };

export interface VerdictDocument {
  readonly clause_key: string;
  readonly answer: string;
  readonly severity?: number | null;
  readonly confidence?: number | null;
  readonly reason?: string;
  readonly precedents?: readonly string[];
  readonly evidence?: readonly EvidencePiece[];
  readonly origin?: string | null;
}

/** What is sent; the server's `annotation/domain/document.py` is where the format is defined. */
export interface LabelDocument {
  readonly verdicts: readonly VerdictDocument[];
  readonly notes?: string;
}

export type Lack = "answer" | "severity" | "evidence" | "reason";

/** Something the server would refuse, said before it has to. */
export interface Missing {
  readonly clauseKey: string;
  readonly lack: Lack;
  readonly sentence: string;
}

export function missingIn(records: Records, clauses: readonly AskedClause[]): Missing[] {
  return clauses.flatMap((clause) => missingFor(records, clause));
}

export function missingFor(records: Records, clause: AskedClause): Missing[] {
  const verdict = verdictOf(records, clause.key);
  const lacks = (lack: Lack, sentence: string): Missing => ({ clauseKey: clause.key, lack, sentence });
  if (verdict.answer === null) return [lacks("answer", "Choose an answer.")];
  if (!isHarmful(clause, verdict.answer)) return [];
  const missing: Missing[] = [];
  if (clause.requires.severity && clause.severities.length > 0 && verdict.severity === null) {
    missing.push(lacks("severity", "Choose a severity."));
  }
  if (clause.requires.evidence && clause.evidence_kinds.length > 0 && evidenceOf(records, clause.key).length === 0) {
    missing.push(lacks("evidence", "Mark what in the post makes you answer this way."));
  }
  if (clause.requires.reason && verdict.reason.trim() === "") missing.push(lacks("reason", "Give a reason."));
  return missing;
}

export function isHarmful(clause: AskedClause, answer: string): boolean {
  return clause.answers.some((candidate) => candidate.value === answer && candidate.harmful);
}

/** The document of complete records; a clause without an answer is left out (and refused by the server). */
export function toLabelDocument(records: Records, clauses: readonly AskedClause[]): LabelDocument {
  const verdicts = clauses.flatMap((clause): VerdictDocument[] => {
    const verdict = verdictOf(records, clause.key);
    if (verdict.answer === null) return [];
    return [
      {
        clause_key: clause.key,
        answer: verdict.answer,
        ...(verdict.severity === null ? {} : { severity: verdict.severity }),
        ...(verdict.confidence === null ? {} : { confidence: verdict.confidence }),
        ...(verdict.reason.trim() === "" ? {} : { reason: verdict.reason }),
        ...citedBy(verdict),
        ...originOf(verdict),
        evidence: evidenceOf(records, clause.key).map((mark) => ({ ...mark.data, id: mark.id.slice("evidence:".length), ...originOf(mark) })),
      },
    ];
  });
  const notes = notesOf(records);
  return notes.trim() === "" ? { verdicts } : { verdicts, notes };
}

function originOf({ origin }: { readonly origin?: string | null | undefined }): { readonly origin?: string } {
  return origin === undefined || origin === null ? {} : { origin };
}

function citedBy({ precedents }: { readonly precedents?: readonly string[] | undefined }): { readonly precedents?: readonly string[] } {
  return precedents === undefined || precedents.length === 0 ? {} : { precedents };
}

/** The records of a document that was sent before, to be looked at again and corrected. */
export function fromLabelDocument(document: LabelDocument, freshId: () => string = () => crypto.randomUUID()): EditorRecord[] {
  const records: EditorRecord[] = [];
  let order = 0;
  for (const verdict of document.verdicts) {
    records.push({
      ...emptyVerdict(verdict.clause_key),
      answer: verdict.answer,
      severity: verdict.severity ?? null,
      confidence: verdict.confidence ?? null,
      reason: verdict.reason ?? "",
      ...citedBy(verdict),
      ...originOf(verdict),
    });
    for (const { id, origin, ...data } of verdict.evidence ?? []) {
      records.push({
        type: "evidence",
        id: `evidence:${id ?? freshId()}`,
        clauseKey: verdict.clause_key,
        order,
        data,
        ...originOf({ origin }),
      });
      order += 1;
    }
  }
  if (document.notes !== undefined && document.notes !== "") {
    records.push({ type: "notes", id: "notes", text: document.notes });
  }
  return records;
}

/** What a draft holds: the records themselves, so that nothing half-made is lost in a stricter format. */
export interface DraftDocument {
  readonly format: typeof DRAFT_FORMAT;
  readonly records: readonly EditorRecord[];
  readonly active_ms: number;
}

export const DRAFT_FORMAT = "concord.draft.1";

export function toDraft(records: Records, activeMs: number): DraftDocument {
  return { format: DRAFT_FORMAT, records: [...records.values()], active_ms: Math.round(activeMs) };
}

/** Null when it is not a draft of this format: then it was not this page that wrote it. */
export function fromDraft(document: unknown): DraftDocument | null {
  if (typeof document !== "object" || document === null) return null;
  if (!("format" in document) || document.format !== DRAFT_FORMAT) return null;
  if (!("records" in document) || !Array.isArray(document.records)) return null;
  const activeMs = "active_ms" in document && typeof document.active_ms === "number" ? document.active_ms : 0;
  return {
    format: DRAFT_FORMAT,
    records: document.records.filter(isRecord),
    active_ms: activeMs,
  };
}

function isRecord(value: unknown): value is EditorRecord {
  if (typeof value !== "object" || value === null || !("type" in value) || !("id" in value)) return false;
  return value.type === "verdict" || value.type === "evidence" || value.type === "notes" || value.type === "rejected";
}

/** Whether anything was done yet that would be a loss. */
export function isBlank(records: Records): boolean {
  for (const record of records.values()) {
    if (record.type === "evidence" || record.type === "rejected") return false;
    if (record.type === "notes" && record.text !== "") return false;
    if (record.type === "verdict" && !isEmptyVerdict(record)) return false;
  }
  return true;
}

function isEmptyVerdict(record: VerdictRecord): boolean {
  return record.answer === null && record.severity === null && record.confidence === null && record.reason === "" && (record.precedents ?? []).length === 0;
}
