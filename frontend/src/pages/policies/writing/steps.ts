import type { ClauseText } from "../shapes";

type Step = ClauseText["answers"][number];

/** A digit is a step's key where responses are rated. */
export const MOST_STEPS = 10;

/** One step more at the better end; the first time two, since one alone says nothing. */
export function stepsWith(steps: readonly Step[]): Step[] {
  const more = steps.length === 0 ? 2 : 1;
  return counted([...steps, ...Array.from({ length: more }, () => ({ value: "", label: "", harmful: false }))]);
}

/** The steps without one, counted from 0 again; a step that would be left alone goes too. */
export function stepsWithout(steps: readonly Step[], at: number): Step[] {
  const left = steps.filter((_, index) => index !== at);
  return left.length < 2 ? [] : counted(left);
}

function counted(steps: readonly Step[]): Step[] {
  return steps.map((step, at) => ({ ...step, value: String(at) }));
}
