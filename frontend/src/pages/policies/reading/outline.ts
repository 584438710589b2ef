import type { Clause } from "../shapes";

export interface OutlineRow {
  readonly clause: Clause;
  readonly depth: number;
}

/** Clauses in reading order with how deep each stands. */
export function outlineOf(clauses: readonly Clause[]): OutlineRow[] {
  const depths = new Map<string, number>();
  return clauses.map((clause) => {
    const above = depths.get(clause.parent_key);
    const depth = above === undefined ? 0 : above + 1;
    depths.set(clause.key, depth);
    return { clause, depth };
  });
}
