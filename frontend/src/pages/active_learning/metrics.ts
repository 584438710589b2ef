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
  /** How many decided posts several people answered. */
  readonly shared: number;
  /** Whom to look at first. */
  readonly annotators: readonly AnnotatorFacts[];
  readonly everybody: { readonly medianMs: number | null; readonly pointedOut: number };
}

export interface AnnotatorFacts {
  readonly pseudonym: string;
  readonly answered: number;
  /** Half of their tasks took no longer. */
  readonly medianMs: number | null;
  /** How often they gave the answer of most others. */
  readonly agreement: Share;
  /** Agreement beyond chance: 1 always right, 0 what answering without looking gives. */
  readonly beyondChance: Interval | null;
  /** CROWDLAB's quality, 0 to 1, chance not taken off. */
  readonly quality: Interval | null;
  /** The answer they give most beyond others on the same posts. */
  readonly lean: { readonly answer: string; readonly own: Share; readonly others: number } | null;
  /** Whether there is enough to say anything; null where an older scan did not ask. */
  readonly isMeasured: boolean | null;
  readonly leans: boolean;
  readonly marksEverything: boolean;
  readonly tellsNothing: boolean;
  /** Suspects that rest on their answers. */
  readonly suspects: number;
}

export interface Interval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
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

/** Whether a model learned from nothing but its clause's words. */
export function isMadeOfWords(model: { readonly trained_on: Metrics }): boolean {
  return isRecord(model.trained_on.zero_shot);
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
      shared: numberOf(facts, "shared") ?? 0,
      annotators: people.filter(isRecord).map(annotatorFacts),
      everybody: {
        medianMs: numberOf(partOf(facts, "everybody"), "median_ms"),
        pointedOut: numberOf(partOf(facts, "everybody"), "pointed_out") ?? 0,
      },
    };
  });
}

/** How many clauses a scan could look at together. */
export function setClauses(metrics: Metrics): number {
  const { clauses } = partOf(metrics, "together");
  return Array.isArray(clauses) ? clauses.length : 0;
}

/** How many boxes a scan held against others. */
export function boxesDrawn(metrics: Metrics): number {
  return numberOf(partOf(metrics, "regions"), "boxes") ?? 0;
}

function annotatorFacts(person: Metrics): AnnotatorFacts {
  const lean = partOf(person, "lean");
  const others = numberOf(lean, "others");
  return {
    pseudonym: typeof person.pseudonym === "string" ? person.pseudonym : "former member",
    answered: numberOf(person, "answered") ?? 0,
    medianMs: numberOf(person, "median_ms"),
    agreement: shareOf(partOf(person, "agreement")),
    beyondChance: intervalOf(partOf(person, "beyond_chance")),
    quality: intervalOf(partOf(person, "quality")),
    lean: typeof lean.answer === "string" && others !== null ? { answer: lean.answer, own: shareOf(partOf(lean, "own")), others } : null,
    isMeasured: typeof person.is_measured === "boolean" ? person.is_measured : null,
    leans: person.leans === true,
    marksEverything: person.marks_everything === true,
    tellsNothing: person.tells_nothing === true,
    suspects: numberOf(person, "suspects") ?? 0,
  };
}

function intervalOf(measured: Metrics): Interval | null {
  const [value, low, high] = ["value", "low", "high"].map((name) => numberOf(measured, name));
  return value == null || low == null || high == null ? null : { value, low, high };
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
