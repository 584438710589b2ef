import { queryOptions, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { api, taken } from "@/api/client";
import type { components } from "@/api/schema";
import { reasonsWith, type ReviewOutcome, type SampleChoice, sampleQuery } from "@/work/review/words";
import { inOwnWords, useOwnWordsOfMany, wordingQuery } from "@/work/rule/useWording";

type Schemas = components["schemas"];

export type Disagreement = Schemas["DisagreementOutput"];
export type PostAnswers = Schemas["PostAnswersOutput"];
export type GivenAnswers = Schemas["GivenAnswersOutput"];
export type GivenVerdict = Schemas["GivenVerdictOutput"];
export type AnsweredClause = Schemas["AnsweredClauseOutput"];
export type PostDecision = Schemas["PostDecisionOutput"];
export type ClauseAgreement = Schemas["ClauseAgreementOutput"];
export type ReleaseAgreement = Schemas["ReleaseAgreementOutput"];
export type SampledSubmission = Schemas["SampledSubmissionOutput"];
export type LabelDocument = Schemas["AmendmentInputRequest"]["document"];
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

export type SliceBy = "language" | "part";

export function agreementRead(projectId: string, by?: SliceBy) {
  return {
    queryKey: ["agreement", projectId, by ?? "all"],
    read: (isCurrent: boolean) =>
      taken(
        api.GET("/api/projects/{project_id}/agreement/", {
          params: { path: { project_id: projectId }, query: { current: isCurrent, ...(by === undefined ? {} : { by }) } },
        }),
      ),
  };
}

/** The rules in effect, for a choice among them. */
export function rulesQuery(projectId: string) {
  return queryOptions({
    queryKey: ["rules-in-effect", projectId],
    queryFn: async ({ client }): Promise<readonly RuleChoice[]> => {
      const policies = await taken(
        api.GET("/api/projects/{project_id}/policies/", { params: { path: { project_id: projectId }, query: { page_size: 200 } } }),
      );
      const releases = await Promise.all(
        policies.results.flatMap(({ current }) =>
          current === null
            ? []
            : [
                Promise.all([
                  taken(api.GET("/api/releases/{release_id}/", { params: { path: { release_id: current.id } } })),
                  client.query({ ...wordingQuery(current.id), staleTime: "static" }),
                ]),
              ],
        ),
      );
      return releases.flatMap(([release, wordings]) =>
        release.clauses.flatMap(({ key, document }) => {
          if (document.kind !== "verdict") return [];
          const { title, answers, severities } = inOwnWords(document, wordings.find((one) => one.key === key));
          return [{ key, title, answers, severities }];
        }),
      );
    },
  });
}

export interface RuleChoice {
  readonly key: string;
  readonly title: string;
  readonly answers: readonly { readonly value: string; readonly label: string }[];
  readonly severities: readonly { readonly value: number; readonly label: string }[];
}

/** The rule in effect with a key, to say its words in place of keys and values; undefined where there is none any more. */
export function useRules(projectId: string): (key: string) => RuleChoice | undefined {
  const rules = useQuery(rulesQuery(projectId)).data;
  return (key) => rules?.find((rule) => rule.key === key);
}

export async function samplePage(projectId: string, choice: SampleChoice, cursor: string | undefined) {
  return taken(
    api.GET("/api/projects/{project_id}/review-sample/", {
      params: {
        path: { project_id: projectId },
        query: { ...sampleQuery(choice), ...(cursor === undefined ? {} : { cursor }) },
      },
    }),
  );
}

export interface SpokenReview {
  readonly id: string;
  readonly outcome: ReviewOutcome;
  readonly comment: string;
  readonly choice: SampleChoice;
  readonly amendment: { readonly id: string; readonly document: LabelDocument; readonly active_ms: number } | null;
}

export async function review(projectId: string, submissionId: string, spoken: SpokenReview): Promise<void> {
  await api.POST("/api/projects/{project_id}/submissions/{submission_id}/reviews/", {
    params: { path: { project_id: projectId, submission_id: submissionId } },
    body: {
      id: spoken.id,
      outcome: spoken.outcome,
      comment: spoken.comment,
      found_by: sampleQuery(spoken.choice),
      amendment: spoken.amendment,
    },
  });
}

/** All answers to a post, with the rules in the words of who reads them. */
export function usePostAnswers(postId: string): { readonly answers: PostAnswers | undefined; readonly error: unknown; readonly refetch: () => unknown } {
  const { data, error, refetch } = useQuery(answersQuery(postId));
  const clauses = useOwnWordsOfMany(data?.clauses ?? none);
  const answers = useMemo(() => data && { ...data, clauses }, [data, clauses]);
  return { answers, error, refetch };
}

const none: readonly AnsweredClause[] = [];

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

export const reasonWords = reasonsWith({ code: "ambiguous_post", label: "The post itself is ambiguous" });
