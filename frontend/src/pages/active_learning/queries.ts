import { queryOptions } from "@tanstack/react-query";
import { api, taken } from "@/api/client";
import type { components } from "@/api/schema";

export type Round = components["schemas"]["RoundOutput"];
export type RoundPlan = components["schemas"]["PlanOutput"];
export type Pick = components["schemas"]["PickOutput"];
export type Scan = components["schemas"]["ScanOutput"];
export type ScanDetail = components["schemas"]["ScanDetailOutput"];
export type Advice = ScanDetail["advice"];
export type Suspect = components["schemas"]["SuspectOutput"];
export type SuspectKind = Suspect["kind"];
export type Twin = components["schemas"]["TwinOutput"];
export type Finding = components["schemas"]["FindingOutput"];
export type FindingKind = Finding["kind"];
export type Outcome = Suspect["outcome"];
export type Neighbour = components["schemas"]["NeighbourOutput"];
export type Vote = components["schemas"]["VoteOutput"];
export type Share = components["schemas"]["ShareOutput"];
export type ArmCost = components["schemas"]["ArmCostOutput"];
export type RoundCost = components["schemas"]["RoundCostOutput"];
export type HarmFound = components["schemas"]["HarmFoundOutput"];
export type Estimate = components["schemas"]["EstimateOutput"];
export type ModelVersion = components["schemas"]["ModelOutput"];
export type ModelDetail = components["schemas"]["ModelDetailOutput"];
export type ModelEvaluation = components["schemas"]["ModelEvaluationOutput"];
export type ModelDrift = components["schemas"]["ModelDriftOutput"];
export type HeldOutFigure = components["schemas"]["HeldOutFigureOutput"];
export type ThresholdFound = components["schemas"]["ThresholdOutput"];
export type Wanted = components["schemas"]["ThresholdStatedOutput"]["figure"];
export type Strategy = components["schemas"]["StrategyOutput"];
export type Release = components["schemas"]["ReleaseOutput"];
export type DecidedClause = components["schemas"]["DecidedClauseOutput"];
export type Clause = Release["clauses"][number];

const runningMs = 1500;

/** How often to ask again about something a worker may still be at. */
export function whileRunning(rows: readonly { job: { state: string } | null }[]): number | false {
  return rows.some(isUnderWay) ? runningMs : false;
}

export function isUnderWay(row: { job: { state: string } | null }): boolean {
  const state = row.job?.state;
  return state === "queued" || state === "running";
}

export const strategiesQuery = queryOptions({
  queryKey: ["strategies"],
  queryFn: async () => (await taken(api.GET("/api/strategies/"))).results,
  staleTime: Infinity,
});

export const roundsPage = (projectId: string, cursor: string | undefined) =>
  taken(
    api.GET("/api/projects/{project_id}/rounds/", { params: { path: { project_id: projectId }, query: { cursor } } }),
  );

export const roundPlansPage = (projectId: string, cursor: string | undefined) =>
  taken(
    api.GET("/api/projects/{project_id}/round-plans/", { params: { path: { project_id: projectId }, query: { cursor } } }),
  );

export const roundQuery = (roundId: string) =>
  queryOptions({
    queryKey: ["round", roundId],
    queryFn: () => taken(api.GET("/api/rounds/{round_id}/", { params: { path: { round_id: roundId } } })),
    refetchInterval: ({ state }) => (state.data === undefined ? false : whileRunning([state.data])),
  });

/** What the round's random posts say of harm; answers that come in change it. */
export const roundHarmQuery = (roundId: string) =>
  queryOptions({
    queryKey: ["round harm", roundId],
    queryFn: () => taken(api.GET("/api/rounds/{round_id}/harm/", { params: { path: { round_id: roundId } } })),
  });

/** What the round has cost by now. */
export const roundCostQuery = (roundId: string) =>
  queryOptions({
    queryKey: ["round cost", roundId],
    queryFn: () => taken(api.GET("/api/rounds/{round_id}/cost/", { params: { path: { round_id: roundId } } })),
  });

export const picksPage = (roundId: string, cursor: string | undefined) =>
  taken(api.GET("/api/rounds/{round_id}/picks/", { params: { path: { round_id: roundId }, query: { cursor } } }));

export const scansPage = (projectId: string, cursor: string | undefined) =>
  taken(api.GET("/api/projects/{project_id}/scans/", { params: { path: { project_id: projectId }, query: { cursor } } }));

/** The newest scan that still has suspects nobody has looked at; null when there is none. */
export const waitingScanQuery = (projectId: string) =>
  queryOptions({
    queryKey: ["scan waiting", projectId],
    queryFn: async () => {
      const page = await taken(
        api.GET("/api/projects/{project_id}/scans/", {
          params: { path: { project_id: projectId }, query: { page_size: 100 } },
        }),
      );
      return page.results.find((scan) => scan.pending_count > 0)?.id ?? null;
    },
  });

export const scanQuery = (scanId: string) =>
  queryOptions({
    queryKey: ["scan", scanId],
    queryFn: () => taken(api.GET("/api/scans/{scan_id}/", { params: { path: { scan_id: scanId } } })),
    refetchInterval: ({ state }) => (state.data === undefined ? false : whileRunning([state.data])),
  });

export const suspectsPage = (
  scanId: string,
  query: { outcome?: Outcome | undefined; kind?: SuspectKind | undefined; cursor: string | undefined },
) => taken(api.GET("/api/scans/{scan_id}/suspects/", { params: { path: { scan_id: scanId }, query } }));

export const findingsPage = (scanId: string, query: { kind: FindingKind; cursor: string | undefined }) =>
  taken(api.GET("/api/scans/{scan_id}/findings/", { params: { path: { scan_id: scanId }, query } }));

export const modelsPage = (projectId: string, cursor: string | undefined) =>
  taken(
    api.GET("/api/projects/{project_id}/models/", { params: { path: { project_id: projectId }, query: { cursor } } }),
  );

export const releaseQuery = (releaseId: string) =>
  queryOptions({
    queryKey: ["release", releaseId],
    queryFn: () => taken(api.GET("/api/releases/{release_id}/", { params: { path: { release_id: releaseId } } })),
  });

/** How many posts are decided on each question of a release, by answer: what a head could learn from. */
export const decidedQuery = (projectId: string, releaseId: string) =>
  queryOptions({
    queryKey: ["decided clauses", projectId, releaseId],
    queryFn: () =>
      taken(
        api.GET("/api/projects/{project_id}/decided-clauses/", {
          params: { path: { project_id: projectId }, query: { release_id: releaseId } },
        }),
      ),
  });

/** The releases in effect, newest policy first: what a round or a scan can be about. */
export const currentReleasesQuery = (projectId: string) =>
  queryOptions({
    queryKey: ["current releases", projectId],
    queryFn: async () => {
      const page = await taken(
        api.GET("/api/projects/{project_id}/policies/", {
          params: { path: { project_id: projectId }, query: { page_size: 200 } },
        }),
      );
      return page.results.flatMap((policy) =>
        policy.current === null ? [] : [{ id: policy.current.id, label: `${policy.title} (${policy.current.label})` }],
      );
    },
  });

export const modelQuery = (modelId: string) =>
  queryOptions({
    queryKey: ["model", modelId],
    queryFn: () => taken(api.GET("/api/models/{model_id}/", { params: { path: { model_id: modelId } } })),
  });

export const driftQuery = (modelId: string) =>
  queryOptions({
    queryKey: ["model drift", modelId],
    queryFn: () => taken(api.GET("/api/models/{model_id}/drift/", { params: { path: { model_id: modelId } } })),
  });
