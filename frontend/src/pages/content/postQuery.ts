import { queryOptions } from "@tanstack/react-query";
import { api, taken } from "@/api/client";
import type { Post } from "./shapes";

const preparingMs = 2000;

/** One post with its parts; looked at again while a worker still prepares one of its files. */
export const postQuery = (postId: string) =>
  queryOptions({
    queryKey: ["post", postId],
    queryFn: () => taken(api.GET("/api/posts/{post_id}/", { params: { path: { post_id: postId } } })),
    staleTime: 60_000,
    refetchInterval: (query) => (isBeingPrepared(query.state.data) ? preparingMs : false),
  });

function isBeingPrepared(post: Post | undefined): boolean {
  return post?.parts.some((part) => part.asset?.state === "pending") ?? false;
}
