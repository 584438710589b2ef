import { queryOptions } from "@tanstack/react-query";
import { api, taken } from "@/api/client";
import type { components } from "@/api/schema";

export type Renderings = components["schemas"]["RenderingsOutput"];
export type Rendering = components["schemas"]["RenderingOutput"];

export const renderingsQuery = (releaseId: string, clauseKey: string | null, budget: number) =>
  queryOptions({
    queryKey: ["release", releaseId, "renderings", clauseKey, budget],
    queryFn: () =>
      taken(
        api.GET("/api/releases/{release_id}/renderings/", {
          params: { path: { release_id: releaseId }, query: { clause: clauseKey ?? undefined, budget } },
        }),
      ),
  });
