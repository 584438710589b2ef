import { queryOptions } from "@tanstack/react-query";
import { api, taken } from "@/api/client";
import type { components } from "@/api/schema";

export type BenchRun = components["schemas"]["JudgingOutput"];
export type BenchPlan = components["schemas"]["JudgingPlanOutput"];
export type BenchChoice = components["schemas"]["JudgingInputRequest"];
export type BenchPost = components["schemas"]["JudgingItemOutput"];
export type JudgedClause = components["schemas"]["JudgedClauseOutput"];
export type TextFigures = components["schemas"]["TextFiguresOutput"];
export type Share = components["schemas"]["ShareOutput"];
export type Kappa = components["schemas"]["KappaOutput"];

export type Which = "flips" | "better" | "worse" | "disagree" | "unclear" | "all";

const runningMs = 1500;

export function isUnderWay(run: BenchRun): boolean {
  return run.finished_at === null && (run.job?.state === "queued" || run.job?.state === "running");
}

export const runsPage = (projectId: string, policyId: string, cursor: string | undefined) =>
  taken(
    api.GET("/api/projects/{project_id}/bench-runs/", {
      params: { path: { project_id: projectId }, query: { policy_id: policyId, cursor } },
    }),
  );

export const runQuery = (runId: string) =>
  queryOptions({
    queryKey: ["bench run", runId],
    queryFn: () => taken(api.GET("/api/bench-runs/{run_id}/", { params: { path: { run_id: runId } } })),
    refetchInterval: ({ state }) => (state.data !== undefined && isUnderWay(state.data) ? runningMs : false),
  });

export const postsPage = (runId: string, which: Which, clauseKey: string | undefined, cursor: string | undefined) =>
  taken(
    api.GET("/api/bench-runs/{run_id}/posts/", {
      params: { path: { run_id: runId }, query: { which, clause_key: clauseKey, cursor } },
    }),
  );

export const endpointsPage = (projectId: string, cursor: string | undefined) =>
  taken(
    api.GET("/api/projects/{project_id}/endpoints/", { params: { path: { project_id: projectId }, query: { cursor } } }),
  );

export const estimateQuery = (projectId: string, choice: BenchChoice) =>
  queryOptions({
    queryKey: ["bench estimate", projectId, choice],
    queryFn: () =>
      taken(
        api.POST("/api/projects/{project_id}/bench-runs/estimate/", {
          params: { path: { project_id: projectId } },
          body: choice,
        }),
      ),
    retry: false,
  });
