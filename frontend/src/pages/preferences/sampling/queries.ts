import { queryOptions } from "@tanstack/react-query";
import { api, taken } from "@/api/client";
import type { components } from "@/api/schema";

type Schemas = components["schemas"];

export type SamplingRun = Schemas["SamplingRunOutput"];
export type SamplingRunDetail = Schemas["SamplingRunDetailOutput"];
export type SamplingChoice = Schemas["SamplingRunInputRequest"];
export type SamplingPlan = Schemas["SamplingPlanOutput"];
export type SampledPrompt = Schemas["SampledPromptOutput"];
export type Sample = Schemas["SampleOutput"];

export const runningMs = 1500;

export function isUnderWay(run: Pick<SamplingRun, "finished_at" | "job">): boolean {
  return run.finished_at === null && (run.job?.state === "queued" || run.job?.state === "running");
}

export const samplingRunsPage = (projectId: string, cursor: string | undefined) =>
  taken(api.GET("/api/projects/{project_id}/sampling-runs/", { params: { path: { project_id: projectId }, query: { cursor } } }));

export const samplingRunQuery = (runId: string) =>
  queryOptions({
    queryKey: ["sampling run", runId],
    queryFn: () => taken(api.GET("/api/sampling-runs/{run_id}/", { params: { path: { run_id: runId } } })),
    refetchInterval: ({ state }) => (state.data !== undefined && isUnderWay(state.data) ? runningMs : false),
  });

export const sampledPromptsPage = (runId: string, cursor: string | undefined) =>
  taken(api.GET("/api/sampling-runs/{run_id}/prompts/", { params: { path: { run_id: runId }, query: { cursor } } }));

export const samplingEstimateQuery = (projectId: string, choice: SamplingChoice, file: File | null) =>
  queryOptions({
    queryKey: ["sampling estimate", projectId, choice, file === null ? null : [file.name, file.size, file.lastModified]],
    queryFn: () => taken(api.POST("/api/projects/{project_id}/sampling-runs/estimate/", { params: { path: { project_id: projectId } }, ...bodyOf(choice, file) })),
    retry: false,
  });

export const samplingStart = (projectId: string, choice: SamplingChoice, file: File | null) =>
  taken(api.POST("/api/projects/{project_id}/sampling-runs/", { params: { path: { project_id: projectId } }, ...bodyOf(choice, file) }));

/** JSON where the project's prompts are asked, a form where a file of prompts goes with it. */
function bodyOf(choice: SamplingChoice, file: File | null) {
  return file === null ? { body: choice } : { body: choice, bodySerializer: () => formOf(choice, file) };
}

/** The choice as fields of a form; what is null is left out, as the server's default is the same. */
export function formOf(choice: SamplingChoice, file: File): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(choice)) {
    if (value !== null) form.append(name, String(value));
  }
  form.append("file", file);
  return form;
}
