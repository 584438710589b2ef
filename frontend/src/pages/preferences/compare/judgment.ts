import { type Axis, type CitableClause, type Judged, type Position, positionNames, positionsOf, textAt } from "./bundle";
import { isPlaced, type Places } from "./slate/placing";

export type Choice = "prefer" | "tie" | "both_good" | "both_unacceptable";

/** On one axis: `value` runs from −3 (the first is much better) to 3, and is zero for all but a preference. */
export interface AxisAnswer {
  readonly choice: Choice;
  readonly value: number;
}

/** What is held of one response alone; `acceptable` is null while nothing was said. */
export interface Opinion {
  readonly acceptable: boolean | null;
  readonly severity: number | null;
  readonly clauseKeys: readonly string[];
}

/** Everything a person has said about one comparison so far, in the order they see it. */
export interface Judgment {
  readonly axes: Readonly<Record<string, AxisAnswer>>;
  /** By axis, what is said of the responses of a slate. */
  readonly places: Readonly<Record<string, Places>>;
  /** Of responses nothing was said of yet there is none. */
  readonly opinions: Readonly<Partial<Record<Position, Opinion>>>;
  /** There is none while the response is not being rewritten. */
  readonly rewrites: Readonly<Partial<Record<Position, string | null>>>;
  readonly reason: string;
  readonly confidence: number | null;
}

/** What is sent; the server checks it against its own model. */
export interface JudgmentDocument {
  readonly axes: readonly (
    | { clause_key: string; choice: Choice; value: number }
    | { clause_key: string; places: readonly { position: Position; value: number }[] }
  )[];
  readonly responses: readonly {
    position: Position;
    acceptable: boolean | null;
    severity: number | null;
    clause_keys: readonly string[];
  }[];
  readonly reason: string;
  readonly confidence: number | null;
  /** A slate has none. */
  readonly rewrites?: readonly { position: Position; text: string }[];
}

/** Something still to be said before the judgment can be sent. */
export interface Missing {
  /** The axis it is about, or the response. */
  readonly axisKey: string | null;
  readonly sentence: string;
}

export const STRONGEST = 3;
export const confidenceSteps: readonly { value: number; label: string }[] = [
  { value: 0.25, label: "A guess" },
  { value: 0.5, label: "Unsure" },
  { value: 0.75, label: "Fairly sure" },
  { value: 1, label: "Certain" },
];

const noOpinion: Opinion = { acceptable: null, severity: null, clauseKeys: [] };

export const blankJudgment: Judgment = {
  axes: {},
  places: {},
  opinions: {},
  rewrites: {},
  reason: "",
  confidence: null,
};

export function isBlank({ axes, places, opinions, rewrites, reason, confidence }: Judgment): boolean {
  return (
    Object.keys(axes).length === 0 &&
    Object.values(places).every((placed) => Object.keys(placed).length === 0) &&
    Object.values(opinions).every(({ acceptable }) => acceptable === null) &&
    Object.values(rewrites).every((text) => text === null) &&
    reason === "" &&
    confidence === null
  );
}

/** What is held of one response alone. */
export function opinionOf(judgment: Judgment, position: Position): Opinion {
  return judgment.opinions[position] ?? noOpinion;
}

/** The better version being written of one response; null while none is. */
export function rewriteOf(judgment: Judgment, position: Position): string | null {
  return judgment.rewrites[position] ?? null;
}

/** A step of the scale, 1 to 7, as an answer; the middle one is a tie. */
export function answerOfStep(step: number): AxisAnswer {
  const value = step - STRONGEST - 1;
  return value === 0 ? { choice: "tie", value: 0 } : { choice: "prefer", value };
}

export function withAnswer(judgment: Judgment, axisKey: string, answer: AxisAnswer): Judgment {
  return { ...judgment, axes: { ...judgment.axes, [axisKey]: answer } };
}

export function withAcceptable(judgment: Judgment, position: Position, acceptable: boolean | null): Judgment {
  // An acceptable response breaks no clause.
  const kept = acceptable === false ? opinionOf(judgment, position) : noOpinion;
  return { ...judgment, opinions: { ...judgment.opinions, [position]: { ...kept, acceptable } } };
}

/** Not said, acceptable, not acceptable, and round again. */
export function withNextAcceptable(judgment: Judgment, position: Position): Judgment {
  const { acceptable } = opinionOf(judgment, position);
  return withAcceptable(judgment, position, acceptable === null ? true : acceptable ? false : null);
}

export function withClause(
  judgment: Judgment,
  position: Position,
  clauseKey: string,
  clauses: readonly CitableClause[],
): Judgment {
  const before = opinionOf(judgment, position);
  const clauseKeys = before.clauseKeys.includes(clauseKey)
    ? before.clauseKeys.filter((key) => key !== clauseKey)
    : [...before.clauseKeys, clauseKey];
  const possible = severitiesOf(clauseKeys, clauses);
  const severity = possible.some(({ value }) => value === before.severity) ? before.severity : null;
  return { ...judgment, opinions: { ...judgment.opinions, [position]: { acceptable: false, severity, clauseKeys } } };
}

export function withSeverity(judgment: Judgment, position: Position, severity: number | null): Judgment {
  const opinion = { ...opinionOf(judgment, position), severity };
  return { ...judgment, opinions: { ...judgment.opinions, [position]: opinion } };
}

export function withRewrite(judgment: Judgment, position: Position, text: string | null): Judgment {
  return { ...judgment, rewrites: { ...judgment.rewrites, [position]: text } };
}

/** The severities that the cited clauses know, lowest first. */
export function severitiesOf(
  clauseKeys: readonly string[],
  clauses: readonly CitableClause[],
): readonly { value: number; label: string }[] {
  const found = new Map<number, string>();
  for (const clause of clauses) {
    if (!clauseKeys.includes(clause.key)) continue;
    for (const { value, label } of clause.severities) if (!found.has(value)) found.set(value, label);
  }
  return [...found].map(([value, label]) => ({ value, label })).sort((a, b) => a.value - b.value);
}

/** Whether the rewrite says anything else than the original. */
export function isRewritten(judgment: Judgment, bundle: Judged, position: Position): boolean {
  const text = rewriteOf(judgment, position);
  return text !== null && text.trim() !== "" && text !== textAt(bundle, position);
}

/** Whether an axis has all that is asked on it. */
export function isAnswered(judgment: Judgment, bundle: Judged, axisKey: string): boolean {
  if (bundle.form === "pair") return judgment.axes[axisKey] !== undefined;
  return isPlaced(bundle.form, judgment.places[axisKey] ?? {}, positionsOf(bundle));
}

export function missingIn(judgment: Judgment, bundle: Judged, names = positionNames): readonly Missing[] {
  const axes = bundle.axes
    .filter((axis) => !isAnswered(judgment, bundle, axis.key))
    .map((axis) => ({ axisKey: axis.key, sentence: `${axis.title} is still open.` }));
  const opinions = bundle.assessment_is_required
    ? positionsOf(bundle)
        .filter((position) => opinionOf(judgment, position).acceptable === null)
        .map((position) => ({
          axisKey: null,
          sentence: `Say whether the ${inSentence(names[position])} response is acceptable.`,
        }))
    : [];
  return [...axes, ...opinions];
}

/** The next axis without an answer after `axisKey`, from the start again when there is none behind it. */
export function nextOpenAxis(judgment: Judgment, bundle: Judged, axisKey: string): string | null {
  const { axes } = bundle;
  const at = axes.findIndex((axis) => axis.key === axisKey);
  const inOrder: readonly Axis[] = [...axes.slice(at + 1), ...axes.slice(0, at + 1)];
  return inOrder.find((axis) => !isAnswered(judgment, bundle, axis.key))?.key ?? null;
}

export function toDocument(judgment: Judgment, bundle: Judged): JudgmentDocument {
  const shown = positionsOf(bundle);
  const said = {
    responses: shown.flatMap((position) => {
      const { acceptable, severity, clauseKeys } = opinionOf(judgment, position);
      return acceptable === null ? [] : [{ position, acceptable, severity, clause_keys: clauseKeys }];
    }),
    reason: judgment.reason.trim(),
    confidence: judgment.confidence,
  };
  if (bundle.form !== "pair") {
    const axes = bundle.axes.map(({ key }) => ({
      clause_key: key,
      places: shown.flatMap((position) => {
        const value = judgment.places[key]?.[position];
        return value === undefined ? [] : [{ position, value }];
      }),
    }));
    return { axes, ...said };
  }
  return {
    axes: bundle.axes.flatMap((axis) => {
      const answer = judgment.axes[axis.key];
      return answer === undefined ? [] : [{ clause_key: axis.key, choice: answer.choice, value: answer.value }];
    }),
    ...said,
    rewrites: shown
      .filter((position) => isRewritten(judgment, bundle, position))
      .map((position) => ({ position, text: rewriteOf(judgment, position) ?? "" })),
  };
}

/** A judgment that was sent before, to go on from; what is not said there is blank here. */
export function fromDocument(document: Readonly<Record<string, unknown>>): Judgment {
  // The server stored it after checking it against its own model.
  const { axes, responses = [], reason = "", confidence = null, rewrites = [] } = document as Partial<JudgmentDocument>;
  let judgment: Judgment = { ...blankJudgment, reason, confidence };
  for (const axis of axes ?? []) {
    if ("places" in axis) {
      const placed = Object.fromEntries(axis.places.map(({ position, value }) => [position, value]));
      judgment = { ...judgment, places: { ...judgment.places, [axis.clause_key]: placed } };
    } else judgment = withAnswer(judgment, axis.clause_key, { choice: axis.choice, value: axis.value });
  }
  for (const { position, acceptable, severity, clause_keys } of responses) {
    const opinion = { acceptable, severity, clauseKeys: clause_keys };
    judgment = { ...judgment, opinions: { ...judgment.opinions, [position]: opinion } };
  }
  for (const { position, text } of rewrites) judgment = withRewrite(judgment, position, text);
  return judgment;
}

/** The name as it stands within a sentence: "first", but "A". */
export function inSentence(name: string): string {
  return name.length === 1 ? name : name.toLowerCase();
}
