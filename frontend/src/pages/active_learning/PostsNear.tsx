import { queryOptions, useQuery } from "@tanstack/react-query";
import { api, taken } from "@/api/client";
import { AppLink, Panel, percent, QueryView } from "@/ui";
import classes from "./PostsNear.module.css";

const nearQuery = (postId: string) =>
  queryOptions({
    queryKey: ["posts near", postId],
    queryFn: () => taken(api.GET("/api/posts/{post_id}/near/", { params: { path: { post_id: postId } } })),
  });

/** The posts most alike to one, to the encoders that rounds and scans had read them. */
export function PostsNear({ projectId, postId }: { projectId: string; postId: string }) {
  const near = useQuery(nearQuery(postId));
  return (
    <Panel title="Posts alike" note="To the encoders that rounds and scans read posts with.">
      <QueryView query={near}>
        {({ is_read: isRead, results }) =>
          results.length === 0 ? (
            <p className={classes.none}>{isRead ? "No other post was read yet." : "No round or scan has read this post yet."}</p>
          ) : (
            <ol className={classes.list}>
              {results.map((post) => (
                <li key={post.post_id}>
                  <AppLink to={`/p/${projectId}/posts/${post.post_id}`}>{post.external_id}</AppLink>
                  <span>{`${percent(post.score, 0)}, ${post.by === "text" ? "text" : "picture"}`}</span>
                </li>
              ))}
            </ol>
          )
        }
      </QueryView>
    </Panel>
  );
}
