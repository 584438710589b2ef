import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { showAnswer } from "@/api/answers";
import { api, taken } from "@/api/client";
import { announce, announceProblem } from "@/ui";
import { discussionQuery } from "../queries";
import type { Discussion } from "../shapes";

interface Said {
  readonly clause_key: string;
  readonly at: string;
  readonly text: string;
}

interface Proposed {
  readonly clause_key: string;
  readonly at: string;
  readonly proposed: string;
  readonly why: string;
}

/** What was said about a release, and the ways to say more; every answer is the whole discussion as it then is. */
export function useTalk(releaseId: string) {
  const queries = useQueryClient();
  const discussion = useQuery(discussionQuery(releaseId));
  const path = { release_id: releaseId };
  const options = {
    onSuccess: async (data: Discussion) => {
      await showAnswer(queries, discussionQuery(releaseId).queryKey, data);
    },
    onError: (error: unknown) => {
      announceProblem(error);
      void queries.invalidateQueries({ queryKey: discussionQuery(releaseId).queryKey });
    },
  };
  const comment = useMutation({
    mutationFn: (body: Said) => taken(api.POST("/api/releases/{release_id}/comments/", { params: { path }, body })),
    ...options,
  });
  const reply = useMutation({
    mutationFn: (body: { answers_id: string; text: string }) =>
      taken(api.POST("/api/releases/{release_id}/comments/", { params: { path }, body })),
    ...options,
  });
  const settle = useMutation({
    mutationFn: ({ id, is_resolved }: { id: string; is_resolved: boolean }) =>
      taken(api.PATCH("/api/comments/{comment_id}/", { params: { path: { comment_id: id } }, body: { is_resolved } })),
    ...options,
  });
  const suggest = useMutation({
    mutationFn: (body: Proposed) => taken(api.POST("/api/releases/{release_id}/suggestions/", { params: { path }, body })),
    ...options,
  });
  const accept = useMutation({
    mutationFn: ({ id, version }: { id: string; version: number }) =>
      taken(api.POST("/api/suggestions/{suggestion_id}/accept/", { params: { path: { suggestion_id: id } }, body: { version } })),
    ...options,
    onSuccess: async (data: Discussion) => {
      await options.onSuccess(data);
      announce("The suggestion is in the text.");
      void queries.invalidateQueries({ queryKey: ["release", releaseId] });
    },
  });
  const reject = useMutation({
    mutationFn: ({ id, note }: { id: string; note: string }) =>
      taken(api.POST("/api/suggestions/{suggestion_id}/reject/", { params: { path: { suggestion_id: id } }, body: { note } })),
    ...options,
  });
  const withdraw = useMutation({
    mutationFn: (id: string) => taken(api.POST("/api/suggestions/{suggestion_id}/withdraw/", { params: { path: { suggestion_id: id } } })),
    ...options,
  });
  return { discussion, comment, reply, settle, suggest, accept, reject, withdraw };
}

export type Talk = ReturnType<typeof useTalk>;
