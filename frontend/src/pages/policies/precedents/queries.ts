import { queryOptions, type QueryClient } from "@tanstack/react-query";
import { api, taken } from "@/api/client";
import type { components } from "@/api/schema";

type Schemas = components["schemas"];

export type Precedent = Schemas["PrecedentOutput"];
export type PrecedentState = Precedent["state"];
export type Ruled = Schemas["RulingInputRequest"]["rulings"][number];

export interface PrecedentChoice {
  readonly state: PrecedentState | null;
  readonly clauseKey: string | null;
}

export async function precedentsPage(projectId: string, { state, clauseKey }: PrecedentChoice, cursor: string | undefined) {
  return taken(
    api.GET("/api/projects/{project_id}/precedents/", {
      params: {
        path: { project_id: projectId },
        query: {
          ...(state === null ? {} : { state }),
          ...(clauseKey === null ? {} : { clause_key: clauseKey }),
          ...(cursor === undefined ? {} : { cursor }),
        },
      },
    }),
  );
}

export const precedentQuery = (precedentId: string) =>
  queryOptions({
    queryKey: ["precedent", precedentId],
    queryFn: () => taken(api.GET("/api/precedents/{precedent_id}/", { params: { path: { precedent_id: precedentId } } })),
  });

/** The approved precedents that hold and are most like a text or a post. */
export const alikeQuery = (projectId: string, asked: { readonly text?: string; readonly postId?: string; readonly clauseKey?: string }) =>
  queryOptions({
    queryKey: ["precedents alike", projectId, asked],
    queryFn: () =>
      taken(
        api.GET("/api/projects/{project_id}/precedents/alike/", {
          params: {
            path: { project_id: projectId },
            query: {
              ...(asked.text === undefined ? {} : { text: asked.text }),
              ...(asked.postId === undefined ? {} : { post_id: asked.postId }),
              ...(asked.clauseKey === undefined ? {} : { clause_key: asked.clauseKey }),
              most: 12,
            },
          },
        }),
      ),
  });

export async function ruleOn(postId: string, ruling: { readonly id: string; readonly releaseId: string; readonly rulings: Ruled[]; readonly asPrecedent: boolean }) {
  return taken(
    api.POST("/api/posts/{post_id}/rulings/", {
      params: { path: { post_id: postId } },
      body: { id: ruling.id, release_id: ruling.releaseId, rulings: ruling.rulings, as_precedent: ruling.asPrecedent },
    }),
  );
}

/** After a ruling or a step of a precedent: whatever tells of decisions and precedents is read again. */
export async function precedentsChanged(queries: QueryClient, projectId: string, postId: string): Promise<void> {
  await Promise.all(
    [["precedents", projectId], ["precedent"], ["precedents alike", projectId], ["post-answers", postId], ["disagreements", projectId], ["unclear", projectId], ["questions", projectId]].map((queryKey) =>
      queries.invalidateQueries({ queryKey }),
    ),
  );
}
