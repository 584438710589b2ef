import { ApiProblem, sentenceOf } from "@/api/problem";

/** A refused write, taken apart for a form: what stands beside a field, and what stands above the buttons. */
export interface Refusal {
  /** The sentence beside a field; undefined when nothing is wrong with it. */
  readonly at: (field: string) => string | undefined;
  /** The sentence above the buttons; null when the fields say it all. */
  readonly sentence: string | null;
  /** What is about no field of this form, with the server's path. */
  readonly rest: readonly (readonly [path: string, sentence: string])[];
}

/**
 * Sort what the server said by the fields a form has.
 *
 * `fields` are the body's members that have a place of their own; what lies deeper in one ("roles[0]") belongs
 * to it. `codes` names the field that a refusal without a path is about (`{ project_slug_taken: "slug" }`).
 */
export function refusalOf(
  error: unknown,
  fields: readonly string[],
  codes: Readonly<Record<string, string>> = {},
): Refusal | null {
  if (error === null || error === undefined) return null;
  const problem = error instanceof ApiProblem ? error : null;
  const named = problem === null ? undefined : codes[problem.code];
  if (problem !== null && named !== undefined) {
    return { at: (field) => (field === named ? problem.message : undefined), sentence: null, rest: [] };
  }
  const told = Object.entries(problem?.fieldErrors ?? {});
  const homeOf = (path: string): string | undefined => fields.find((field) => isWithin(path, field));
  const isSaid = (sentence: string): boolean => problem?.message.includes(sentence) === true;
  const rest = told.filter(([path, sentence]) => path !== "" && homeOf(path) === undefined && !isSaid(sentence));
  const unnamed = told.filter(([path]) => path === "").map(([, sentence]) => sentence);
  const isAllPlaced = told.length > 0 && told.every(([path]) => homeOf(path) !== undefined);
  return {
    at: (field) => {
      const sentences = told.filter(([path]) => homeOf(path) === field).map(([, sentence]) => sentence);
      return sentences.length > 0 ? sentences.join(" ") : undefined;
    },
    sentence: isAllPlaced ? null : [sentenceOf(error), ...unnamed].join(" "),
    rest,
  };
}

function isWithin(path: string, field: string): boolean {
  return path === field || path.startsWith(`${field}.`) || path.startsWith(`${field}[`);
}
