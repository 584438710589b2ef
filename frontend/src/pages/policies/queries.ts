import { queryOptions, type QueryClient } from "@tanstack/react-query";
import { api, taken } from "@/api/client";

export const policyQuery = (policyId: string) =>
  queryOptions({
    queryKey: ["policy", policyId],
    queryFn: () => taken(api.GET("/api/policies/{policy_id}/", { params: { path: { policy_id: policyId } } })),
  });

export const releaseQuery = (releaseId: string) =>
  queryOptions({
    queryKey: ["release", releaseId],
    queryFn: () => taken(api.GET("/api/releases/{release_id}/", { params: { path: { release_id: releaseId } } })),
    // While others review it, what they say appears without a reload.
    refetchInterval: (query) => (query.state.data?.state === "in_review" ? 10_000 : false),
  });

export const discussionQuery = (releaseId: string) =>
  queryOptions({
    queryKey: ["release", releaseId, "discussion"],
    queryFn: () => taken(api.GET("/api/releases/{release_id}/discussion/", { params: { path: { release_id: releaseId } } })),
  });

export const reviewersQuery = (releaseId: string) =>
  queryOptions({
    queryKey: ["release", releaseId, "reviewers"],
    queryFn: () => taken(api.GET("/api/releases/{release_id}/reviewers/", { params: { path: { release_id: releaseId } } })),
  });

export const versionsQuery = (releaseId: string, key: string) =>
  queryOptions({
    queryKey: ["release", releaseId, "versions", key],
    queryFn: () =>
      taken(api.GET("/api/releases/{release_id}/clauses/{key}/versions/", { params: { path: { release_id: releaseId, key } } })),
  });

export const versionQuery = (releaseId: string, key: string, version: number) =>
  queryOptions({
    queryKey: ["release", releaseId, "versions", key, version],
    queryFn: () =>
      taken(
        api.GET("/api/releases/{release_id}/clauses/{key}/versions/{version}/", {
          params: { path: { release_id: releaseId, key, version } },
        }),
      ),
  });

export const taxonomiesQuery = queryOptions({
  queryKey: ["taxonomies"],
  queryFn: () => taken(api.GET("/api/taxonomies/")),
  staleTime: Infinity,
});

export const differenceQuery = (releaseId: string, against: string | null) =>
  queryOptions({
    queryKey: ["release", releaseId, "difference", against],
    queryFn: () =>
      taken(
        api.GET("/api/releases/{release_id}/difference/", {
          params: { path: { release_id: releaseId }, query: { against: against ?? undefined } },
        }),
      ),
  });

export const outcomesQuery = (releaseId: string, against: string | null) =>
  queryOptions({
    queryKey: ["release", releaseId, "outcomes", against],
    queryFn: () =>
      taken(
        api.GET("/api/releases/{release_id}/outcomes/", {
          params: { path: { release_id: releaseId }, query: { against: against ?? undefined } },
        }),
      ),
  });

export const impactQuery = (releaseId: string, against: string | null) =>
  queryOptions({
    queryKey: ["release", releaseId, "impact", against],
    queryFn: () =>
      taken(
        api.GET("/api/releases/{release_id}/impact/", {
          params: { path: { release_id: releaseId }, query: { against: against ?? undefined } },
        }),
      ),
  });

/** Nothing changes by itself any more. */
export function hasEnded(state: string | undefined): boolean {
  return state === "finished" || state === "cancelled";
}

export const campaignQuery = (campaignId: string) =>
  queryOptions({
    queryKey: ["campaign", campaignId],
    queryFn: () => taken(api.GET("/api/campaigns/{campaign_id}/", { params: { path: { campaign_id: campaignId } } })),
    refetchInterval: (query) => (hasEnded(query.state.data?.progress.state) ? false : 3000),
  });

export const campaignPlanQuery = (releaseId: string, against: string, clauses: readonly string[]) =>
  queryOptions({
    queryKey: ["campaign-plan", releaseId, against, clauses],
    queryFn: () =>
      taken(
        api.GET("/api/releases/{release_id}/campaign-plan/", {
          params: { path: { release_id: releaseId }, query: { against, clauses: clauses.join(",") } },
        }),
      ),
  });

export const campaignFindingsQuery = (campaignId: string) =>
  queryOptions({
    queryKey: ["campaign", campaignId, "findings"],
    queryFn: () => taken(api.GET("/api/campaigns/{campaign_id}/findings/", { params: { path: { campaign_id: campaignId } } })),
    refetchInterval: 30_000,
  });

/** After a write to a release: read it, its difference and its impact again, and the policy it belongs to. */
export async function releaseChanged(queries: QueryClient, releaseId: string, policyId: string): Promise<void> {
  await Promise.all([
    queries.invalidateQueries({ queryKey: ["release", releaseId] }),
    queries.invalidateQueries({ queryKey: ["policy", policyId] }),
    queries.invalidateQueries({ queryKey: ["policies"] }),
  ]);
}
