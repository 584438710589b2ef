import { useQuery } from "@tanstack/react-query";
import { MediaPart, TextRun } from "@/pages/content/PartView";
import { grouped, type Part, type Post } from "@/pages/content/shapes";
import { AppLink, QueryView } from "@/ui";
import { postQuery } from "../queries";
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
            {grouped(found.parts).map((group) => (
              <Group key={group[0]?.id} group={group} post={found} />
            ))}
          </>
        )}
      </QueryView>
    </div>
  );
}

function Group({ group, post }: { group: readonly Part[]; post: Post }) {
  const [part] = group;
  if (part?.asset === null || part === undefined) return <TextRun parts={group} post={post} />;
  const place = post.parts.filter((other) => other.asset !== null).indexOf(part) + 1;
  return <MediaPart part={part} asset={part.asset} post={post} revealKey={revealKey(place)} />;
}

/** Plain numbers choose severities here, so further media take Shift with theirs. */
function revealKey(place: number): string | undefined {
  if (place === 1) return "h";
  return place <= 9 ? `shift+${place}` : undefined;
}
