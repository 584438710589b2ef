import { answerOfStep, type AxisAnswer } from "../compare/judgment";

const STEPS = 7;

/** What the keys of a room's scale do. */
export function stepDeeds(room: string, answer: (answer: AxisAnswer) => void): Readonly<Record<string, () => void>> {
  const steps = Array.from({ length: STEPS }, (_, index) => [`${room}.step-${index + 1}`, () => answer(answerOfStep(index + 1))] as const);
  return {
    ...Object.fromEntries(steps),
    [`${room}.both-good`]: () => answer({ choice: "both_good", value: 0 }),
    [`${room}.both-unacceptable`]: () => answer({ choice: "both_unacceptable", value: 0 }),
  };
}
