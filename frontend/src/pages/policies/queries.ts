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

export const campaignQuery = (campaignId: string) =>
  queryOptions({
    queryKey: ["campaign", campaignId],
    queryFn: () => taken(api.GET("/api/campaigns/{campaign_id}/", { params: { path: { campaign_id: campaignId } } })),
    refetchInterval: (query) => (query.state.data?.progress.state === "finished" ? false : 3000),
  });

/** After a write to a release: read it, its difference and its impact again, and the policy it belongs to. */
export async function releaseChanged(queries: QueryClient, releaseId: string, policyId: string): Promise<void> {
  await Promise.all([
    queries.invalidateQueries({ queryKey: ["release", releaseId] }),
    queries.invalidateQueries({ queryKey: ["policy", policyId] }),
    queries.invalidateQueries({ queryKey: ["policies"] }),
  ]);
}
