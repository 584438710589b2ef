import { useQuery } from "@tanstack/react-query";
import { PostParts } from "@/pages/content/PostParts";
import { postQuery } from "@/pages/content/postQuery";
import { AppLink, QueryView } from "@/ui";
import classes from "./SuspectRoom.module.css";

/** The doubted post; its media stay covered until asked for. */
export function CoveredPost({ postId, projectId }: { postId: string; projectId: string }) {
  const post = useQuery(postQuery(postId));
  return (
    <div className={classes.post} tabIndex={0} role="region" aria-label="The post">
      <QueryView query={post}>
        {(found) => (
          <>
            <p className={classes.postName}>
              <AppLink to={`/p/${projectId}/posts/${found.id}`}>{found.external_id}</AppLink>
            </p>
            <PostParts post={found} purpose="review" />
          </>
        )}
      </QueryView>
    </div>
  );
}
