import type { components } from "@/api/schema";
import type { Block, ClauseText } from "../shapes";

type Schemas = components["schemas"];
export type ImportPreview = Schemas["ImportPreviewOutput"];
export type ImportNote = Schemas["ImportNoteOutput"];
export type ImportBody = Schemas["PolicyImportInputRequest"];
type ImportedDocument = ImportBody["clauses"][number]["document"];

/** A proposed clause as somebody arranges it before it is written. `id` is the key it was proposed with. */
export interface Proposed {
  readonly id: string;
  readonly key: string;
  readonly parentId: string;
  readonly document: ClauseText;
  readonly original: ClauseText;
  readonly file: string;
  readonly line: number;
  readonly isChosen: boolean;
  readonly whyLeftOut: string;
  readonly problems: readonly { readonly field: string; readonly sentence: string }[];
  /** The clause that took this one's text in. */
  readonly mergedInto: string | null;
}

export interface Arrangement {
  readonly key: string;
  readonly title: string;
  readonly summary: string;
  readonly notes: string;
  readonly clauses: readonly Proposed[];
}

const keyPattern = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;

export function arrangementOf(preview: ImportPreview): Arrangement {
  return {
    key: preview.key,
    title: preview.title,
    summary: preview.summary,
    notes: preview.release_notes,
    clauses: preview.clauses.map((clause) => ({
      id: clause.key,
      key: clause.key,
      parentId: clause.parent_key,
      document: clause.document,
      original: clause.document,
      file: clause.file,
      line: clause.line,
      isChosen: !clause.is_left_out,
      whyLeftOut: clause.why_left_out,
      problems: clause.problems,
      mergedInto: null,
    })),
  };
}

/** The clauses that are still there to choose: those that others took in are not. */
export function shownOf(arrangement: Arrangement): readonly Proposed[] {
  return arrangement.clauses.filter((clause) => clause.mergedInto === null);
}

export function changed(arrangement: Arrangement, id: string, change: Partial<Proposed>): Arrangement {
  return {
    ...arrangement,
    clauses: arrangement.clauses.map((clause) => (clause.id === id ? { ...clause, ...change } : clause)),
  };
}

/** A new title; the question that names the clause by its old one follows. */
export function titled(clause: Proposed, title: string): Partial<Proposed> {
  const question = clause.document.question.replace(`“${clause.document.title}”`, `“${title}”`);
  return { document: { ...clause.document, title, question } };
}

/** Turn a question about a post into a criterion to compare two responses on, or back into what it was. */
export function ofKind(clause: Proposed, kind: ClauseText["kind"]): Partial<Proposed> {
  const { title } = clause.document;
  if (kind === clause.original.kind) return titled({ ...clause, document: clause.original }, title);
  if (kind === "verdict") return { document: { ...clause.document, kind } };
  return {
    problems: [],
    document: {
      ...clause.document,
      kind,
      question: `Which response is better by “${title}”?`,
      answers: [],
      severities: [],
      modalities: [],
      evidence_kinds: [],
      requires: { evidence: false, reason: false, severity: false },
      blocks: clause.document.blocks.map((block) =>
        "items" in block ? { ...block, items: block.items.map((item) => ({ ...item, ruling: "", severity: null })) } : block,
      ),
    },
  };
}

export const manyExamples = 24;
export const fewExamples = 10;

export function exampleCount(document: ClauseText): number {
  return document.blocks.reduce((sum, block) => sum + ("items" in block ? block.items.length : 0), 0);
}

/** Only the first ten examples of each answer, or all there were: annotators read every one that stays. */
export function withExamples(clause: Proposed, isAll: boolean): Partial<Proposed> {
  const blocks = clause.document.blocks.map((block) => {
    const before = clause.original.blocks.find((one) => one.id === block.id);
    if (!("items" in block) || before === undefined || !("items" in before)) return block;
    if (isAll) return { ...block, items: before.items };
    const counts = new Map<string, number>();
    const items = before.items.filter((item) => {
      const seen = (counts.get(item.ruling) ?? 0) + 1;
      counts.set(item.ruling, seen);
      return seen <= fewExamples;
    });
    return { ...block, items };
  });
  return { document: { ...clause.document, blocks } };
}

/** The clause that would take this one in: the chosen one before it in the list. */
export function aboveOf(arrangement: Arrangement, id: string): Proposed | null {
  const shown = shownOf(arrangement);
  const at = shown.findIndex((clause) => clause.id === id);
  return shown.slice(0, Math.max(at, 0)).findLast((clause) => clause.isChosen) ?? null;
}

/** Put a clause's text behind that of the clause above it; what stood below it stands below that one. */
export function mergedUp(arrangement: Arrangement, id: string): Arrangement {
  const source = arrangement.clauses.find((clause) => clause.id === id);
  const target = aboveOf(arrangement, id);
  if (source === undefined || target === null) return arrangement;
  const answers = new Set(target.document.answers.map((answer) => answer.value));
  const severities = new Set(target.document.severities.map((step) => step.value));
  const taken = new Set(target.document.blocks.map((block) => block.id));
  const blocks = source.document.blocks.map((block): Block => {
    const blockId = freeId(block.type.replace("_", "-"), taken);
    taken.add(blockId);
    if (!("items" in block)) return { ...block, id: blockId, text: `**${source.document.title}**\n\n${block.text}` };
    const items = block.items.map((item) => ({
      ...item,
      ruling: answers.has(item.ruling) ? item.ruling : "",
      severity: item.severity !== null && severities.has(item.severity) ? item.severity : null,
    }));
    return { ...block, id: blockId, items };
  });
  const document = { ...target.document, blocks: [...target.document.blocks, ...blocks] };
  return {
    ...arrangement,
    clauses: arrangement.clauses.map((clause) => {
      if (clause.id === id) return { ...clause, mergedInto: target.id, isChosen: false };
      if (clause.id === target.id) return { ...clause, document, original: document };
      return clause.parentId === id ? { ...clause, parentId: target.id } : clause;
    }),
  };
}

function freeId(base: string, taken: ReadonlySet<string>): string {
  for (let number = 1; ; number += 1) {
    const id = number === 1 ? base : `${base}-${number}`;
    if (!taken.has(id)) return id;
  }
}

/** Why a clause's key cannot stay as it is; null when it can. */
export function keyProblem(arrangement: Arrangement, clause: Proposed): string | null {
  if (!keyPattern.test(clause.key) || clause.key.length > 64) {
    return "Use lower-case letters and digits, joined by hyphens.";
  }
  const twice = arrangement.clauses.some((other) => other.id !== clause.id && other.isChosen && other.key === clause.key);
  return twice ? "Another clause has this key." : null;
}

/** How deep a clause stands among those chosen. */
export function depthOf(arrangement: Arrangement, clause: Proposed): number {
  const byId = new Map(arrangement.clauses.map((one) => [one.id, one]));
  let depth = 0;
  for (let at = byId.get(clause.parentId); at !== undefined && depth < 20; at = byId.get(at.parentId)) {
    if (at.isChosen) depth += 1;
  }
  return depth;
}

/** What is written: the chosen clauses under their nearest chosen parents, ties to others left out taken off. */
export function bodyOf(
  arrangement: Arrangement,
  files: ImportBody["files"],
  policyId: string | null,
): ImportBody {
  const byId = new Map(arrangement.clauses.map((clause) => [clause.id, clause]));
  const home = (id: string): Proposed | undefined => {
    let clause = byId.get(id);
    for (let steps = 0; clause !== undefined && !clause.isChosen && steps < 300; steps += 1) {
      clause = byId.get(clause.mergedInto ?? clause.parentId);
    }
    return clause;
  };
  return {
    policy_id: policyId,
    key: arrangement.key,
    title: arrangement.title,
    summary: arrangement.summary,
    notes: arrangement.notes,
    files,
    clauses: arrangement.clauses
      .filter((clause) => clause.isChosen)
      .map((clause) => {
        const relations = clause.document.relations.flatMap((relation) => {
          const other = byId.get(relation.clause_key);
          const to = other === undefined ? undefined : other.isChosen ? other : home(other.id);
          return to === undefined || to.id === clause.id ? [] : [{ ...relation, clause_key: to.key }];
        });
        const once = relations.filter(
          (relation, at) => relations.findIndex((one) => one.kind === relation.kind && one.clause_key === relation.clause_key) === at,
        );
        const document: ImportedDocument = { ...clause.document, relations: once };
        return { key: clause.key, parent_key: home(clause.parentId)?.key ?? "", document };
      }),
  };
}
