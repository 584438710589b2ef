import { queryOptions } from "@tanstack/react-query";
import { api, taken } from "@/api/client";
import type { components } from "@/api/schema";

type Schemas = components["schemas"];

export type GoldItem = Schemas["GoldOutput"];
export type GoldClause = Schemas["GoldClauseOutput"];
export type GoldTally = Schemas["GoldTallyOutput"];
export type PersonGold = Schemas["PersonGoldOutput"];
export type Pause = Schemas["PauseOutput"];
export type OwnPause = Schemas["OwnPauseOutput"];

export function goldPeopleQuery(projectId: string) {
  return queryOptions({
    queryKey: ["gold-results", projectId],
    queryFn: () =>
      taken(api.GET("/api/projects/{project_id}/gold-results/", { params: { path: { project_id: projectId } } })),
  });
}

export function ownGoldQuery(projectId: string) {
  return queryOptions({
    queryKey: ["my-gold", projectId],
    queryFn: () => taken(api.GET("/api/projects/{project_id}/my-gold/", { params: { path: { project_id: projectId } } })),
  });
}

export function ownPauseQuery(projectId: string) {
  return queryOptions({
    queryKey: ["my-pause", projectId],
    queryFn: () => taken(api.GET("/api/projects/{project_id}/my-pause/", { params: { path: { project_id: projectId } } })),
  });
}

export function qualityQuery(projectId: string) {
  return queryOptions({
    queryKey: ["quality", projectId],
    queryFn: () => taken(api.GET("/api/projects/{project_id}/quality/", { params: { path: { project_id: projectId } } })),
  });
}
