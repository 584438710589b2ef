import { useQuery } from "@tanstack/react-query";
import type { Ref } from "react";
import { isProblem } from "@/api/problem";
import { PostParts } from "@/pages/content/PostParts";
import { postQuery } from "@/pages/content/postQuery";
import { ErrorState, LoadingState } from "@/ui";
import type { Cover } from "@/work/seeing/shapes";
import classes from "./PostAside.module.css";

/** The post the conversation is about: every part of it, media covered until asked for. */
export function PostAside({
  postId,
  leaseId,
  cover,
  ref,
}: {
  postId: string;
  /** The lease by which it is judged; null where it is looked at to review what was said. */
  leaseId: string | null;
  cover: Cover;
  ref?: Ref<HTMLElement>;
}) {
  const post = useQuery(postQuery(postId));
  return (
    <aside ref={ref} className={classes.aside} aria-label="The post it is about" tabIndex={0}>
      <h2 className={classes.title}>
        The post
        {post.data !== undefined && <span className={classes.name}>{post.data.external_id}</span>}
      </h2>
      {post.data !== undefined ? (
        <PostParts post={post.data} purpose={leaseId === null ? "review" : "compare"} {...(leaseId === null ? {} : { leaseId })} cover={cover} />
      ) : post.error === null ? (
        <LoadingState label="Loading the post" lines={5} />
      ) : isProblem(post.error) && post.error.status === 404 ? (
        <p className={classes.gone}>This post is not shown any more.{leaseId !== null && " Skip the pair to go on with the next one."}</p>
      ) : (
        <ErrorState error={post.error} onRetry={post.refetch} />
      )}
    </aside>
  );
}
