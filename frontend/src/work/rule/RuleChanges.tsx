import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense } from "react";
import { api, taken } from "@/api/client";
import classes from "./RuleText.module.css";

/** Which two releases a rule is compared in, and which rule. */
export interface Comparison {
  readonly releaseId: string;
  readonly againstId: string;
}

// The page that shows whole releases has it too; work without a change does not need it.
const ChangedWords = lazy(async () => ({ default: (await import("@/pages/policies/changes/ChangedWords")).ChangedWords }));

export function useComparison(comparison: Comparison | null) {
  return useQuery({
    queryKey: ["release", comparison?.releaseId, "difference", comparison?.againstId],
    queryFn: () =>
      taken(
        api.GET("/api/releases/{release_id}/difference/", {
          params: { path: { release_id: comparison?.releaseId ?? "" }, query: { against: comparison?.againstId } },
        }),
      ),
    enabled: comparison !== null,
    staleTime: Infinity,
  });
}

/** What changed in one rule since the release it was answered under: the words that went and those that came. */
export function RuleChanges({ comparison, clauseKey }: { comparison: Comparison | null; clauseKey: string }) {
  const { data, isError } = useComparison(comparison);
  const clause = data?.clauses.find((candidate) => candidate.key === clauseKey);
  if (isError) return <p className={classes.plain}>What changed cannot be shown now; the rule below is the one in effect.</p>;
  if (clause === undefined || clause.status === "unchanged") return null;
  return (
    <section className={classes.changes} aria-label="What changed">
      <h3 className={classes.heading}>What changed since {data?.against.label ?? "the release before"}</h3>
      <Suspense fallback={null}>
        <ChangedWords clause={clause} />
      </Suspense>
    </section>
  );
}
