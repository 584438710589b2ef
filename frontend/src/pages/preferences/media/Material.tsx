import { useQuery } from "@tanstack/react-query";
import { useCallback, useContext } from "react";
import { isProblem } from "@/api/problem";
import { CoveredMedia } from "@/pages/content/PartView";
import { postQuery } from "@/pages/content/postQuery";
import type { Part, Post } from "@/pages/content/shapes";
import { ErrorState, LoadingState } from "@/ui";
import { LookingTime } from "@/work/seeing/LookingTime";
import type { Cover } from "@/work/seeing/shapes";
import { useSights } from "@/work/seeing/useSights";
import { TogetherContext } from "./context";
import classes from "./Material.module.css";

interface Shown {
  /** Whose media they are, for the buttons: "the first response". */
  readonly of: string;
  /** The lease by which they are judged; null where what was said is reviewed. */
  readonly leaseId: string | null;
  readonly cover: Cover;
  /** The key that shows and covers the first of them. */
  readonly revealKey?: string | undefined;
  /** Only those at these places; all without. */
  readonly places?: readonly number[] | undefined;
}

/** The media of a response or a message: covered until asked for, every look told. */
export function Material({ postId, ...shown }: Shown & { postId: string }) {
  const post = useQuery(postQuery(postId));
  if (post.data !== undefined) return <Pieces key={post.data.id} post={post.data} {...shown} />;
  if (post.error === null) return <LoadingState label="Loading the media" lines={4} />;
  if (isProblem(post.error) && post.error.status === 404) {
    return <p className={classes.gone}>These media are not shown any more.{shown.leaseId !== null && " Skip this one to go on."}</p>;
  }
  return <ErrorState error={post.error} onRetry={post.refetch} />;
}

function Pieces({ post, of, leaseId, cover, revealKey, places }: Shown & { post: Post }) {
  const shown = post.parts.filter((part, at) => part.asset !== null && (places?.includes(at) ?? true));
  const media = shown.filter(({ kind }) => kind !== "audio").map(({ id }) => id);
  const purpose = leaseId === null ? "review" : "compare";
  const looking = useSights({ projectId: post.project_id, postId: post.id, leaseId, purpose, media, isTimed: false }, cover);
  const together = useContext(TogetherContext);
  const join = useCallback((element: HTMLMediaElement | null) => (element === null ? undefined : together?.join(element)), [together]);
  return (
    <div className={classes.pieces} data-in-message={places !== undefined || undefined}>
      {shown.map((part, at) =>
        part.asset === null ? null : part.asset.state === "ready" ? (
          <CoveredMedia key={part.id} part={part} asset={part.asset} name={nameOf(part, shown, of)} revealKey={at === 0 ? revealKey : undefined} looking={looking} playerRef={join} />
        ) : (
          <p key={part.id} className={classes.gone}>
            {part.asset.state === "pending" ? "A worker is preparing this file. It appears here by itself." : part.asset.refusal}
          </p>
        ),
      )}
      <LookingTime left={looking.left} />
    </div>
  );
}

/** "Image 2 of the first response": told apart from every other on the page. */
function nameOf(part: Part, shown: readonly Part[], of: string): string {
  const name = kindNames[part.kind] ?? "File";
  const alike = shown.filter(({ kind }) => kind === part.kind);
  return `${name}${alike.length < 2 ? "" : ` ${alike.indexOf(part) + 1}`} of ${of}`;
}

const kindNames: Readonly<Record<string, string>> = { image: "Image", video: "Video", audio: "Sound" };
