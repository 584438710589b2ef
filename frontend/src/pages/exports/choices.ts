/** What the form holds; fields left alone keep the server's own defaults. */
export interface Choices {
  readonly releaseId: string | null;
  readonly clauses: readonly string[];
  readonly axes: readonly string[];
  readonly languages: readonly string[];
  readonly includeStale: boolean;
  readonly includeSimulated: boolean;
  readonly includeChosenReplies: boolean;
  readonly threshold: number;
  readonly axesHaveOrder: boolean;
  readonly validationPercent: number;
  readonly testPercent: number;
  readonly licence: string;
}

export const firstChoices: Choices = {
  releaseId: null,
  clauses: [],
  axes: [],
  languages: [],
  includeStale: false,
  includeSimulated: true,
  includeChosenReplies: false,
  threshold: 0.6,
  axesHaveOrder: false,
  validationPercent: 10,
  testPercent: 10,
  licence: "",
};

/** The definition as the server takes it. Shares are made to add up: train gets what the others leave. */
export function definitionOf(choices: Choices): Record<string, unknown> {
  const validation = choices.validationPercent / 100;
  const test = choices.testPercent / 100;
  return {
    release_id: choices.releaseId,
    clauses: choices.clauses,
    axes: choices.axes,
    languages: choices.languages,
    include_stale: choices.includeStale,
    include_simulated: choices.includeSimulated,
    replies: choices.includeChosenReplies ? ["rewrites", "chosen"] : ["rewrites"],
    p_chosen_threshold: choices.threshold,
    axis_conflict: choices.axesHaveOrder ? "precedence" : "exclude",
    splits: { train: Number((1 - validation - test).toFixed(4)), validation, test },
    licence: choices.licence.trim(),
  };
}
