import { useQueries } from "@tanstack/react-query";
import { api, taken } from "@/api/client";
import { usePages } from "@/api/pages";
import { policyQuery } from "../queries";
import type { ReleaseBrief } from "../shapes";

/** Every published release of the project, by policy, the newest first. */
export function useReleases(projectId: string): readonly ReleaseBrief[] {
  const policies = usePages(["policies", projectId], (cursor) =>
    taken(api.GET("/api/projects/{project_id}/policies/", { params: { path: { project_id: projectId }, query: { cursor } } })),
  );
  const details = useQueries({ queries: policies.rows.map(({ id }) => policyQuery(id)) });
  return details.flatMap(({ data }) => data?.releases.filter((release) => release.number !== null) ?? []);
}
