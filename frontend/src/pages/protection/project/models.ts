import type { Prediction, ProposingModel } from "@/work/protection/shapes";

export const NOBODY = "nobody";

interface Choice {
  readonly value: string;
  readonly label: string;
}

/** The clauses a row can be about: those asked now that no other row has, and its own, be it asked no more. */
export function clauseChoices(asked: readonly { key: string; title: string }[], own: string, taken: ReadonlySet<string>): Choice[] {
  const open = asked.filter(({ key }) => key === own || !taken.has(key)).map(({ key, title }) => ({ value: key, label: `${title} (${key})` }));
  return asked.some(({ key }) => key === own) ? open : [{ value: own, label: `${own} (not asked now)` }, ...open];
}

/** The models that can count for a clause, each version and the newest of each; and the chosen one, be it gone. */
export function modelChoices(models: readonly ProposingModel[], clauseKey: string, chosen: Prediction | undefined): Choice[] {
  const found = new Map<string, string>([[NOBODY, "No model counts"]]);
  for (const { model, version, is_head: isHead, clause_key: key } of models) {
    if (key !== clauseKey) continue;
    const name = isHead ? "Trained here" : model;
    found.set(choice(model, ""), `${name}, newest`);
    if (version !== "") found.set(choice(model, version), `${name} ${version}`);
  }
  const own = choiceOf(chosen);
  if (chosen !== undefined && !found.has(own)) found.set(own, `${chosen.model} ${chosen.version}`.trim());
  return [...found].map(([value, label]) => ({ value, label }));
}

export function choiceOf(chosen: Prediction | undefined): string {
  return chosen === undefined ? NOBODY : choice(chosen.model, chosen.version);
}

export function predictionOf(clauseKey: string, chosen: string, confidence: number): Prediction {
  const [model, version] = JSON.parse(chosen) as [string, string];
  return { clause_key: clauseKey, model, version, confidence_from: confidence };
}

function choice(model: string, version: string): string {
  return JSON.stringify([model, version]);
}
