import type { AnsweredClause } from "./reading";

export function labelOf(clause: AnsweredClause, answer: string | null): string {
  if (answer === null) return "No answer";
  return clause.answers.find((candidate) => candidate.value === answer)?.label ?? answer;
}

/** Where a severity stands on the clause's own scale, for its mark. */
export function severityRank(clause: AnsweredClause, severity: number): { rank: number; of: number; label: string } {
  const scale = [...clause.severities].sort((a, b) => a.value - b.value);
  const at = scale.findIndex((step) => step.value === severity);
  return { rank: at + 1, of: Math.max(scale.length, 1), label: scale[at]?.label ?? String(severity) };
}
