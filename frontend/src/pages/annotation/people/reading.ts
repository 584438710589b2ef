import { queryOptions } from "@tanstack/react-query";
import { api, taken } from "@/api/client";
import type { components } from "@/api/schema";

type Schemas = components["schemas"];

export type Annotator = Schemas["AnnotatorOutput"];
export type ResultDetail = Schemas["ResultDetailOutput"];
export type ClauseResult = Schemas["ClauseResultOutput"];
export type GradeConfusion = Schemas["GradeConfusionOutput"];
export type Measured = Schemas["FigureOutput"];
export type Speed = Schemas["SpeedOutput"];

export function annotatorsRead(projectId: string) {
  return {
    queryKey: ["annotators", projectId],
    read: (isCurrent: boolean) =>
      taken(
        api.GET("/api/projects/{project_id}/annotators/", {
          params: { path: { project_id: projectId }, query: { current: isCurrent } },
        }),
      ),
  };
}

export function annotatorRead(projectId: string, pseudonym: string) {
  return {
    queryKey: ["annotators", projectId, pseudonym],
    read: (isCurrent: boolean) =>
      taken(
        api.GET("/api/projects/{project_id}/annotators/{pseudonym}/", {
          params: { path: { project_id: projectId, pseudonym }, query: { current: isCurrent } },
        }),
      ),
  };
}

export function ownResultsQuery(projectId: string) {
  return queryOptions({
    queryKey: ["my-results", projectId],
    queryFn: () =>
      taken(api.GET("/api/projects/{project_id}/my-results/", { params: { path: { project_id: projectId } } })),
  });
}

export function returnedQuery(projectId: string) {
  return queryOptions({
    queryKey: ["returned", projectId],
    queryFn: () =>
      taken(api.GET("/api/projects/{project_id}/returned/", { params: { path: { project_id: projectId } } })),
  });
}
