import { queryOptions } from "@tanstack/react-query";
import { api, taken } from "@/api/client";
import { send } from "@/api/transport";
import type { components } from "@/api/schema";
import { reasonsWith, type ReviewOutcome, type SampleChoice, sampleQuery } from "@/work/review/words";
import type { JudgmentDocument } from "../compare/judgment";

type Schemas = components["schemas"];

export type SampledComparison = Schemas["SampledComparisonOutput"];
export type ReviewedComparison = Schemas["ReviewedComparisonOutput"];
export type GivenJudgment = Schemas["GivenJudgmentOutput"];
export type GivenAxis = Schemas["GivenAxisOutput"];
export type ReviewedAxis = Schemas["ReviewedAxisOutput"];
export type PairDecision = Schemas["PairDecisionOutput"];
export type PairReason = Schemas["PairAdjudicationInputRequest"]["reason_code"];
export type Side = "a" | "b";

export const sides: readonly Side[] = ["a", "b"];
export const reasons = reasonsWith({ code: "ambiguous_prompt", label: "The prompt itself is ambiguous" });

export function comparisonsPage(projectId: string, choice: SampleChoice, suspected: string | null, cursor: string | undefined) {
  return taken(
    api.GET("/api/projects/{project_id}/review-comparisons/", {
      params: {
        path: { project_id: projectId },
        query: { ...sampleQuery(choice), ...(suspected === null ? {} : { suspected }), ...(cursor === undefined ? {} : { cursor }) },
      },
    }),
  );
}

export function reviewedQuery(comparisonId: string) {
  return queryOptions({
    queryKey: ["comparison-review", comparisonId],
    queryFn: () => taken(api.GET("/api/comparisons/{comparison_id}/review/", { params: { path: { comparison_id: comparisonId } } })),
  });
}

/** Who judged here, for a choice among them. */
export function peopleQuery(projectId: string) {
  return queryOptions({
    queryKey: ["review-people", projectId],
    queryFn: () => taken(api.GET("/api/projects/{project_id}/review-comparisons/people/", { params: { path: { project_id: projectId } } })),
  });
}

/** The axes of the releases in effect, for a choice among them. */
export function axesQuery(projectId: string) {
  return queryOptions({
    queryKey: ["axes-in-effect", projectId],
    queryFn: async (): Promise<readonly { key: string; title: string }[]> => {
      const policies = await taken(
        api.GET("/api/projects/{project_id}/policies/", { params: { path: { project_id: projectId }, query: { page_size: 200 } } }),
      );
      const releases = await Promise.all(
        policies.results.flatMap(({ current }) =>
          current === null ? [] : [taken(api.GET("/api/releases/{release_id}/", { params: { path: { release_id: current.id } } }))],
        ),
      );
      return releases.flatMap((release) =>
        release.clauses.flatMap(({ key, document }) => (document.kind === "axis" ? [{ key, title: document.title }] : [])),
      );
    },
  });
}

export interface SpokenOfJudgment {
  readonly id: string;
  readonly outcome: ReviewOutcome;
  readonly comment: string;
  readonly choice: SampleChoice;
  readonly amendment: { readonly id: string; readonly document: JudgmentDocument; readonly active_ms: number } | null;
}

export function reviewJudgment(projectId: string, submissionId: string, spoken: SpokenOfJudgment): Promise<unknown> {
  // Sent by hand: the document's type is this page's own, which the server checks against its models.
  return send("POST", `/api/projects/${projectId}/judgments/${submissionId}/reviews/`, {
    id: spoken.id,
    outcome: spoken.outcome,
    comment: spoken.comment,
    found_by: sampleQuery(spoken.choice),
    amendment: spoken.amendment,
  });
}

export interface DecidedAxis {
  readonly axis: ReviewedAxis;
  readonly choice: GivenAxis["choice"];
  readonly value: number;
  readonly reasonCode: PairReason;
  readonly reason: string;
  readonly seenDecisionId: string | null;
}

export async function adjudicateAxis(comparisonId: string, decided: DecidedAxis): Promise<void> {
  await api.POST("/api/comparisons/{comparison_id}/adjudications/", {
    params: { path: { comparison_id: comparisonId } },
    body: {
      release_id: decided.axis.release_id,
      clause_key: decided.axis.key,
      choice: decided.choice,
      value: decided.value,
      reason_code: decided.reasonCode,
      reason: decided.reason,
      seen_decision_id: decided.seenDecisionId,
    },
  });
}
