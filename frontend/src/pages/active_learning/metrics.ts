import type { Share } from "./queries";

/** Figures as rounds, scans and models keep them: JSON whose every field may be missing or null. */
export type Metrics = Readonly<Record<string, unknown>>;

export interface CurvePoint {
  readonly answers: number;
  readonly macroF1: number | null;
  readonly averagePrecision: number | null;
}

export interface Arm {
  readonly strategy: string;
  readonly points: readonly CurvePoint[];
}

export interface ClauseScan {
  readonly key: string;
  readonly decisions: number;
  readonly suspects: number;
  /** Whether every two posts were compared; too many are not. */
  readonly comparesVectors: boolean;
  /** Whom to look at first. */
  readonly annotators: readonly AnnotatorFacts[];
}

export interface AnnotatorFacts {
  readonly pseudonym: string;
  readonly answered: number;
  /** How often they gave the answer of most others. */
  readonly agreement: Share;
  /** The same of all people together. */
  readonly everybody: number | null;
  /** The answer they give most beyond others on the same posts. */
  readonly lean: { readonly answer: string; readonly own: Share; readonly others: number } | null;
  /** How many others answered some of the same posts. */
  readonly company: number;
  readonly leans: boolean;
  readonly disagrees: boolean;
  /** Suspects that rest on their answers. */
  readonly suspects: number;
}

/** A number by its name, or null. */
export function numberOf(metrics: unknown, name: string): number | null {
  const value = isRecord(metrics) ? metrics[name] : undefined;
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}

/** What is under a name when it is itself a set of figures; empty otherwise. */
export function partOf(metrics: unknown, name: string): Metrics {
  const value = isRecord(metrics) ? metrics[name] : undefined;
  return isRecord(value) ? value : {};
}

/** How many answers of each kind taught the head: `["yes", 12]`. */
export function answerCounts(metrics: Metrics): readonly (readonly [string, number])[] {
  return Object.entries(partOf(metrics, "answers")).flatMap(([answer, total]) =>
    typeof total === "number" ? [[answer, total] as const] : [],
  );
}

/** How many posts of the pool fall into each equal bin of predicted harm. */
export function harmBins(metrics: Metrics): readonly number[] {
  const bins = metrics.harm_histogram;
  return Array.isArray(bins) ? bins.filter((bin) => typeof bin === "number") : [];
}

/** The learning curves, the round's own strategy first and random after it. */
export function armsOf(metrics: Metrics): readonly Arm[] {
  return Object.entries(partOf(metrics, "curves"))
    .map(([strategy, points]) => ({ strategy, points: Array.isArray(points) ? points.map(pointOf) : [] }))
    .filter((arm) => arm.points.length > 0)
    .sort((first, second) => Number(first.strategy === "random") - Number(second.strategy === "random"));
}

/** What a scan found per clause, in the clauses' order. */
export function clauseScans(metrics: Metrics): readonly ClauseScan[] {
  return Object.entries(partOf(metrics, "clauses")).map(([key, facts]) => {
    const people = isRecord(facts) && Array.isArray(facts.annotators) ? facts.annotators : [];
    return {
      key,
      decisions: numberOf(facts, "decisions") ?? 0,
      suspects: numberOf(facts, "suspects") ?? 0,
      comparesVectors: !isRecord(facts) || facts.vectors_compared !== false,
      annotators: people.filter(isRecord).map(annotatorFacts),
    };
  });
}

function annotatorFacts(person: Metrics): AnnotatorFacts {
  const lean = partOf(person, "lean");
  const others = numberOf(lean, "others");
  return {
    pseudonym: typeof person.pseudonym === "string" ? person.pseudonym : "former member",
    answered: numberOf(person, "answered") ?? 0,
    agreement: shareOf(partOf(person, "agreement")),
    everybody: numberOf(person, "everybody"),
    lean: typeof lean.answer === "string" && others !== null ? { answer: lean.answer, own: shareOf(partOf(lean, "own")), others } : null,
    company: numberOf(person, "company") ?? 0,
    leans: person.leans === true,
    disagrees: person.disagrees === true,
    suspects: numberOf(person, "suspects") ?? 0,
  };
}

function shareOf(share: Metrics): Share {
  return {
    hits: numberOf(share, "hits") ?? 0,
    total: numberOf(share, "total") ?? 0,
    value: numberOf(share, "value"),
    low: numberOf(share, "low"),
    high: numberOf(share, "high"),
  };
}

function pointOf(point: unknown): CurvePoint {
  return {
    answers: numberOf(point, "answers") ?? 0,
    macroF1: numberOf(point, "macro_f1"),
    averagePrecision: numberOf(point, "average_precision"),
  };
}

function isRecord(value: unknown): value is Metrics {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
