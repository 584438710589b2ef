import { queryOptions } from "@tanstack/react-query";
import { api, taken } from "@/api/client";
import type { components } from "@/api/schema";

export type Run = components["schemas"]["TrainingRunOutput"];
export type RunDetail = components["schemas"]["TrainingRunDetailOutput"];
export type Recipe = components["schemas"]["TrainingRecipeOutput"];
export type Offers = components["schemas"]["TrainingOfferListOutput"];
export type Offer = components["schemas"]["TrainingOfferOutput"];
export type OfferedClause = components["schemas"]["TrainingClauseOutput"];
export type Settings = components["schemas"]["TrainingSettingsInputRequest"];
export type PairsMeasured = components["schemas"]["PairsMeasuredOutput"];
export type RepliesMeasured = components["schemas"]["RepliesMeasuredOutput"];
export type TextsMeasured = components["schemas"]["TextsMeasuredOutput"];
export type AnswersMeasured = components["schemas"]["AnswersMeasuredOutput"];
export type Interval = components["schemas"]["IntervalOutput"];
export type Share = components["schemas"]["TrainingShareOutput"];
export type Worth = components["schemas"]["WorthOutput"];
export type Point = components["schemas"]["CurvePointOutput"];

const runningMs = 1500;

export function isUnderWay(job: { state: string } | null): boolean {
  return job !== null && (job.state === "queued" || job.state === "running");
}

export const recipesQuery = queryOptions({
  queryKey: ["training recipes"],
  queryFn: async () => (await taken(api.GET("/api/training-recipes/"))).results,
  staleTime: Infinity,
});

/** Which recipes fit a version, and what its clauses count. */
export const offersQuery = (versionId: string) =>
  queryOptions({
    queryKey: ["training offers", versionId],
    queryFn: () => taken(api.GET("/api/versions/{version_id}/training-recipes/", { params: { path: { version_id: versionId } } })),
    staleTime: Infinity,
  });

export const runsPage = (projectId: string, cursor: string | undefined) =>
  taken(
    api.GET("/api/projects/{project_id}/training-runs/", { params: { path: { project_id: projectId }, query: { cursor } } }),
  );

export const runQuery = (runId: string) =>
  queryOptions({
    queryKey: ["training run", runId],
    queryFn: () => taken(api.GET("/api/training-runs/{run_id}/", { params: { path: { run_id: runId } } })),
    refetchInterval: ({ state }) =>
      state.data !== undefined && (isUnderWay(state.data.job) || isUnderWay(state.data.scoring_job)) ? runningMs : false,
  });

/** The project's datasets that have a version to read. */
export const trainableQuery = (projectId: string) =>
  queryOptions({
    queryKey: ["datasets to train on", projectId],
    queryFn: async () => {
      const page = await taken(
        api.GET("/api/projects/{project_id}/datasets/", {
          params: { path: { project_id: projectId }, query: { page_size: 200 } },
        }),
      );
      return page.results.filter((dataset) => dataset.newest_version !== null);
    },
  });

export const versionsQuery = (datasetId: string) =>
  queryOptions({
    queryKey: ["versions to train on", datasetId],
    queryFn: async () => {
      const page = await taken(
        api.GET("/api/datasets/{dataset_id}/versions/", {
          params: { path: { dataset_id: datasetId }, query: { page_size: 200 } },
        }),
      );
      return page.results.filter((version) => version.state === "ready");
    },
    enabled: datasetId !== "",
  });
