import type { components } from "@/api/schema";

type Request = components["schemas"]["GoldInputRequest"];
export type Document = NonNullable<Request["document"]>;
type Marks = NonNullable<Document["verdicts"][number]["evidence"]>;

/** A clause as far as a known answer to it goes. */
export interface KnownClause {
  readonly key: string;
  readonly title: string;
  readonly answers: readonly { readonly value: string; readonly label: string; readonly harmful: boolean }[];
  readonly severities: readonly { readonly value: number; readonly label: string }[];
  readonly meaning: number | null;
}

/** What was said of a clause already: by a decision, or by whoever makes the gold. */
export interface Said {
  readonly answer: string;
  readonly severity: number | null;
  readonly reason: string;
  /** The marks themselves where they are sent along; those of a decision stay with the server. */
  readonly marks: Marks;
  readonly markCount: number;
}

/** Where the form begins: at what was decided, at one's own answer, or at nothing. */
export interface Beginning {
  readonly from: "decisions" | "own" | "nothing";
  readonly said: ReadonlyMap<string, Said>;
}

/** One line of the form; without an answer nothing is known of the clause. */
export interface KnownDraft {
  readonly answer: string | null;
  readonly severity: number | null;
  readonly reason: string;
  /** The earliest meaning of the clause it is known for; null: only what the clause means now. */
  readonly since: number | null;
}

export interface Tolerance {
  readonly severityWithin: number | null;
  readonly alikeMin: number | null;
}

export const unknown: KnownDraft = { answer: null, severity: null, reason: "", since: null };

export function draftsFrom(clauses: readonly KnownClause[], beginning: Beginning): Record<string, KnownDraft> {
  return Object.fromEntries(
    clauses.map(({ key }) => {
      const said = beginning.said.get(key);
      return [key, said === undefined ? unknown : { ...unknown, answer: said.answer, severity: said.severity, reason: said.reason }];
    }),
  );
}

/** For which meanings of the clause an answer can be known: what it means now, or that and what it meant before. */
export function reaches(meaning: number): { readonly value: string; readonly label: string }[] {
  return Array.from({ length: meaning }, (_, at) => {
    const since = meaning - at;
    if (at === 0) return { value: String(since), label: `Meaning ${meaning}, as the clause is now` };
    return { value: String(since), label: `Meanings ${since} ${at === 1 ? "and" : "to"} ${meaning}` };
  });
}

export function isHarmful(clause: KnownClause, answer: string | null): boolean {
  return clause.answers.some((option) => option.value === answer && option.harmful);
}

/** Clauses whose known answer is not, or no longer, what was said: marks made for that are not taken over. */
export function changedKeys(clauses: readonly KnownClause[], drafts: Record<string, KnownDraft>, beginning: Beginning): string[] {
  return chosenOf(clauses, drafts)
    .filter(({ clause, draft }) => {
      const said = beginning.said.get(clause.key);
      return said?.answer !== draft.answer || said.severity !== severityOf(clause, draft);
    })
    .map(({ clause }) => clause.key);
}

/** Of how many marks the gold will know. */
export function marksKept(clauses: readonly KnownClause[], drafts: Record<string, KnownDraft>, beginning: Beginning): number {
  const changed = new Set(changedKeys(clauses, drafts, beginning));
  if (beginning.from === "decisions" && changed.size > 0) return 0;
  return chosenOf(clauses, drafts)
    .filter(({ clause }) => !changed.has(clause.key))
    .reduce((sum, { clause }) => sum + (beginning.said.get(clause.key)?.markCount ?? 0), 0);
}

/** What is sent. Decisions left as they are stay with the server, which merges the marks of all who backed them. */
export function goldRequest(
  about: { readonly postId: string; readonly releaseId: string; readonly explanation: string },
  clauses: readonly KnownClause[],
  drafts: Record<string, KnownDraft>,
  beginning: Beginning,
  tolerance: Tolerance,
): Request {
  const chosen = chosenOf(clauses, drafts);
  const changed = new Set(changedKeys(clauses, drafts, beginning));
  const isAsDecided = beginning.from === "decisions" && changed.size === 0;
  const document: Document = {
    notes: "",
    verdicts: chosen.map(({ clause, draft }) => ({
      clause_key: clause.key,
      answer: draft.answer,
      severity: severityOf(clause, draft),
      evidence: beginning.from === "own" && !changed.has(clause.key) ? (beginning.said.get(clause.key)?.marks ?? []) : [],
    })),
  };
  return {
    post_id: about.postId,
    release_id: about.releaseId,
    clause_keys: chosen.map(({ clause }) => clause.key),
    explanation: about.explanation,
    reasons: Object.fromEntries(chosen.map(({ clause, draft }) => [clause.key, draft.reason])),
    meanings_from: Object.fromEntries(chosen.flatMap(({ clause, draft }) => (draft.since === null ? [] : [[clause.key, draft.since]]))),
    severity_within: tolerance.severityWithin,
    alike_min: tolerance.alikeMin,
    ...(isAsDecided ? {} : { document }),
  };
}

function chosenOf(clauses: readonly KnownClause[], drafts: Record<string, KnownDraft>) {
  return clauses.flatMap((clause) => {
    const draft = drafts[clause.key] ?? unknown;
    return draft.answer === null ? [] : [{ clause, draft: { ...draft, answer: draft.answer } }];
  });
}

function severityOf(clause: KnownClause, draft: KnownDraft): number | null {
  return isHarmful(clause, draft.answer) ? draft.severity : null;
}
