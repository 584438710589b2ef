import { useQuery } from "@tanstack/react-query";
import { PostParts } from "@/pages/content/PostParts";
import { postQuery } from "@/pages/content/postQuery";
import { AppLink, QueryView } from "@/ui";
import classes from "./SuspectRoom.module.css";

interface TwinShown {
  readonly postId: string;
  readonly answer: string;
  readonly alike: string;
}

/** The doubted post, and below it the near-duplicate it is held against; media stay covered until asked for. */
export function CoveredPost({
  postId,
  projectId,
  answer,
  twin,
}: {
  postId: string;
  projectId: string;
  answer: string;
  twin: TwinShown | null;
}) {
  if (twin === null) {
    return (
      <div className={classes.post} tabIndex={0} role="region" aria-label="The post">
        <Shown postId={postId} projectId={projectId} />
      </div>
    );
  }
  return (
    <div className={classes.twins}>
      <section className={classes.post} tabIndex={0} aria-label="The post">
        <Said answer={answer} />
        <Shown postId={postId} projectId={projectId} />
      </section>
      <section className={classes.post} tabIndex={0} aria-label="Its twin">
        <Said answer={twin.answer} note={`Its twin, ${twin.alike.toLowerCase()}`} />
        <Shown postId={twin.postId} projectId={projectId} withoutKeys />
      </section>
    </div>
  );
}

function Said({ answer, note = "The doubted post" }: { answer: string; note?: string }) {
  return (
    <p className={classes.said}>
      {note}: <strong>{answer}</strong>
    </p>
  );
}

function Shown({ postId, projectId, withoutKeys = false }: { postId: string; projectId: string; withoutKeys?: boolean }) {
  const post = useQuery(postQuery(postId));
  return (
    <QueryView query={post}>
      {(found) => (
        <>
          <p className={classes.postName}>
            <AppLink to={`/p/${projectId}/posts/${found.id}`}>{found.external_id}</AppLink>
          </p>
          <PostParts post={found} purpose="review" withoutKeys={withoutKeys} />
        </>
      )}
    </QueryView>
  );
}
