import { useQuery } from "@tanstack/react-query";
import { MediaPart, TextRun } from "@/pages/content/PartView";
import { usePostSights } from "@/pages/content/PostParts";
import { postQuery } from "@/pages/content/postQuery";
import { grouped, type Post } from "@/pages/content/shapes";
import { ErrorState, LoadingState, Stacked } from "@/ui";
import type { Cover } from "@/work/seeing/shapes";

/** The post of a precedent, or one that splits people: covered as it is to be, and every look at it told. */
export function PrecedentPost({ postId, cover }: { postId: string; cover: Cover }) {
  const post = useQuery(postQuery(postId));
  if (post.data === undefined) {
    return post.isError ? (
      <ErrorState title="This post cannot be shown" error={post.error} onRetry={post.refetch} />
    ) : (
      <LoadingState label="Loading the post" lines={3} />
    );
  }
  return <Parts key={postId} post={post.data} cover={cover} />;
}

/** Without keys of its own: they belong to the page around it. */
function Parts({ post, cover }: { post: Post; cover: Cover }) {
  const looking = usePostSights(post, "browse", null, cover);
  return (
    <Stacked>
      {grouped(post.parts).map((group) => {
        const [part] = group;
        if (part === undefined) return null;
        if (part.asset === null) return <TextRun key={part.id} parts={group} post={post} looking={looking} />;
        return <MediaPart key={part.id} part={part} asset={part.asset} post={post} looking={looking} />;
      })}
    </Stacked>
  );
}
