import { queryOptions } from "@tanstack/react-query";
import { api, taken } from "@/api/client";
import type { components } from "@/api/schema";

type Schemas = components["schemas"];

export type Judges = Schemas["JudgesOutput"];
export type JudgeVersion = Schemas["JudgeVersionOutput"];
export type JudgeFigures = Schemas["JudgeFiguresOutput"];
export type JudgeRun = Schemas["JudgeRunOutput"];
export type JudgeRunDetail = Schemas["JudgeRunDetailOutput"];
export type JudgeChoice = Schemas["JudgeRunInputRequest"];
export type JudgePlan = Schemas["JudgePlanOutput"];
export type JudgedComparison = Schemas["JudgedComparisonOutput"];
export type Doubt = Schemas["DoubtCountOutput"]["doubt"];

export type Which = "disagree" | "inconsistent" | "unclear" | "changed" | "all";

const runningMs = 1500;

export function isUnderWay(run: Pick<JudgeRun, "finished_at" | "job">): boolean {
  return run.finished_at === null && (run.job?.state === "queued" || run.job?.state === "running");
}

export const judgesQuery = (projectId: string, clauseKey: string | null) =>
  queryOptions({
    queryKey: ["judges", projectId, clauseKey],
    queryFn: () =>
      taken(
        api.GET("/api/projects/{project_id}/judges/", {
          params: { path: { project_id: projectId }, query: clauseKey === null ? {} : { clause_key: clauseKey } },
        }),
      ),
    placeholderData: (before: Judges | undefined) => before,
    refetchInterval: ({ state }) => (state.data?.versions.some((each) => each.run !== null && isUnderWay(each.run)) === true ? runningMs : false),
  });

export const judgeRunQuery = (runId: string) =>
  queryOptions({
    queryKey: ["judge run", runId],
    queryFn: () => taken(api.GET("/api/judge-runs/{run_id}/", { params: { path: { run_id: runId } } })),
    refetchInterval: ({ state }) => (state.data !== undefined && isUnderWay(state.data) ? runningMs : false),
  });

export const judgeItemsPage = (runId: string, clauseKey: string, which: Which, cursor: string | undefined) =>
  taken(
    api.GET("/api/judge-runs/{run_id}/comparisons/", {
      params: { path: { run_id: runId }, query: { clause_key: clauseKey, which, cursor } },
    }),
  );

export const estimateQuery = (projectId: string, choice: JudgeChoice) =>
  queryOptions({
    queryKey: ["judge estimate", projectId, choice],
    queryFn: () => taken(api.POST("/api/projects/{project_id}/judge-runs/estimate/", { params: { path: { project_id: projectId } }, body: choice })),
    enabled: choice.endpoint_id !== "",
    retry: false,
  });
