import type { Axis, Position, SlateForm } from "../bundle";

/** What is said of the responses of a slate on one axis: a rank from 1, best 1 and worst 2, or a step from 0. */
export type Places = Readonly<Partial<Record<Position, number>>>;

export const BEST = 1;
export const WORST = 2;

/** One step by which a response is rated alone: 0 is the worst. */
export interface Step {
  readonly value: number;
  readonly label: string;
}

const usualSteps: readonly Step[] = ["Very poor", "Poor", "Fair", "Good", "Very good"].map((label, value) => ({ value, label }));

/** The steps of an axis in its release's own words, or else the usual five. */
export function stepsOf(axis: Pick<Axis, "answers"> | undefined): readonly Step[] {
  const own = axis?.answers ?? [];
  return own.length === 0 ? usualSteps : own.map(({ value, label }) => ({ value: Number(value), label }));
}

/** The responses of one rank, as they are shown. */
export interface Rank {
  readonly rank: number;
  readonly positions: readonly Position[];
}

/** Whether all is said that the form asks. In a ranking one response is enough: the others are the rest. */
export function isPlaced(form: SlateForm, places: Places, shown: readonly Position[]): boolean {
  const values = shown.flatMap((position) => places[position] ?? []);
  switch (form) {
    case "ranking":
      return values.length > 0;
    case "rating":
      return values.length === shown.length;
    case "best":
      return values.includes(BEST);
    case "best_worst":
      return values.includes(BEST) && values.includes(WORST);
  }
}

export function withPlace(places: Places, position: Position, value: number): Places {
  return { ...places, [position]: value };
}

/** Only one response can be the best, and only one the worst; the same one is neither when it is named again. */
export function withEnd(places: Places, position: Position, end: number): Places {
  const others = Object.entries(places).filter(([other, value]) => other !== position && value !== end);
  return { ...Object.fromEntries(others), ...(places[position] === end ? {} : { [position]: end }) };
}

export function withoutPlace(places: Places, position: Position): Places {
  return Object.fromEntries(Object.entries(places).filter(([other]) => other !== position));
}

/** The next response without a place after this one, from the start again when there is none behind it. */
export function nextOpen(places: Places, shown: readonly Position[], position: Position): Position | null {
  const at = shown.indexOf(position);
  return [...shown.slice(at + 1), ...shown.slice(0, at + 1)].find((each) => places[each] === undefined) ?? null;
}

/** As many ranks as there are responses, each with those put there, and those that are nowhere yet. */
export function ranksOf(places: Places, shown: readonly Position[]): { ranks: readonly Rank[]; rest: readonly Position[] } {
  const ranks = shown.map((_, at) => ({
    rank: at + 1,
    positions: shown.filter((position) => places[position] === at + 1),
  }));
  return { ranks, rest: shown.filter((position) => places[position] === undefined) };
}

/** What a response's place says, in words; a rating in those of its axis. */
export function placeWords(form: SlateForm, value: number | undefined, axis?: Pick<Axis, "answers">): string {
  if (value === undefined) return form === "ranking" ? "The rest" : "";
  if (form === "ranking") return `Rank ${value}`;
  if (form === "rating") return `${value}: ${stepsOf(axis).find((step) => step.value === value)?.label ?? ""}`;
  return value === BEST ? "Best" : "Worst";
}
