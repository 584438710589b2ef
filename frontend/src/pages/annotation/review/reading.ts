import { queryOptions } from "@tanstack/react-query";
import { api, taken } from "@/api/client";
import type { components } from "@/api/schema";

type Schemas = components["schemas"];

export type Disagreement = Schemas["DisagreementOutput"];
export type PostAnswers = Schemas["PostAnswersOutput"];
export type GivenAnswers = Schemas["GivenAnswersOutput"];
export type GivenVerdict = Schemas["GivenVerdictOutput"];
export type AnsweredClause = Schemas["AnsweredClauseOutput"];
export type PostDecision = Schemas["PostDecisionOutput"];
export type ClauseAgreement = Schemas["ClauseAgreementOutput"];
export type ReasonCode = Schemas["AdjudicationInputRequest"]["reason_code"];

export interface Wanted {
  readonly clauseKey: string | null;
  readonly isUndecidedOnly: boolean;
}

export async function disagreementsPage(projectId: string, wanted: Wanted, cursor: string | undefined) {
  return taken(
    api.GET("/api/projects/{project_id}/disagreements/", {
      params: {
        path: { project_id: projectId },
        query: {
          ...(wanted.clauseKey === null ? {} : { clause_key: wanted.clauseKey }),
          ...(wanted.isUndecidedOnly ? { undecided: true } : {}),
          ...(cursor === undefined ? {} : { cursor }),
        },
      },
    }),
  );
}

export function agreementQuery(projectId: string) {
  return queryOptions({
    queryKey: ["agreement", projectId],
    queryFn: () =>
      taken(api.GET("/api/projects/{project_id}/agreement/", { params: { path: { project_id: projectId } } })),
  });
}

export function answersQuery(postId: string) {
  return queryOptions({
    queryKey: ["post-answers", postId],
    queryFn: () => taken(api.GET("/api/posts/{post_id}/answers/", { params: { path: { post_id: postId } } })),
  });
}

export interface Adjudication {
  readonly releaseId: string;
  readonly clauseKey: string;
  readonly answer: string;
  readonly severity: number | null;
  readonly reasonCode: ReasonCode;
  readonly reason: string;
  readonly seenDecisionId: string | null;
}

export async function adjudicate(postId: string, decided: Adjudication): Promise<void> {
  await api.POST("/api/posts/{post_id}/adjudications/", {
    params: { path: { post_id: postId } },
    body: {
      release_id: decided.releaseId,
      clause_key: decided.clauseKey,
      answer: decided.answer,
      severity: decided.severity,
      reason_code: decided.reasonCode,
      reason: decided.reason,
      seen_decision_id: decided.seenDecisionId,
    },
  });
}

export const reasonWords: readonly { readonly code: ReasonCode; readonly label: string; readonly needsWords?: boolean }[] = [
  { code: "mistake", label: "Somebody slipped" },
  { code: "misread_clause", label: "The rule was misread" },
  { code: "guideline_gap", label: "The rule leaves a gap", needsWords: true },
  { code: "ambiguous_post", label: "The post itself is ambiguous" },
  { code: "missing_context", label: "Context is missing" },
  { code: "other", label: "Something else", needsWords: true },
];
