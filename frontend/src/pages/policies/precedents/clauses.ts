import { useQueries } from "@tanstack/react-query";
import { api, taken } from "@/api/client";
import { usePages } from "@/api/pages";
import { releaseQuery } from "../queries";
import type { Clause, Release } from "../shapes";

/** A question that is asked now, and the release that asks it. */
export interface CurrentClause {
  readonly release: Release;
  readonly clause: Clause;
}

/** The questions of the releases in effect, or of one release, in their order; empty while they load. */
export function useCurrentClauses(projectId: string, releaseId: string | null = null): readonly CurrentClause[] {
  const policies = usePages(
    ["policies", projectId],
    (cursor) => taken(api.GET("/api/projects/{project_id}/policies/", { params: { path: { project_id: projectId }, query: { cursor } } })),
    { enabled: releaseId === null },
  );
  const ids = releaseId === null ? policies.rows.flatMap(({ current }) => (current === null ? [] : [current.id])) : [releaseId];
  const releases = useQueries({ queries: ids.map((id) => releaseQuery(id)) });
  return releases.flatMap(({ data }) =>
    data === undefined ? [] : data.clauses.filter((clause) => clause.document.kind === "verdict").map((clause) => ({ release: data, clause })),
  );
}
