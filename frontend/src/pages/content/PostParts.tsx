import { builtInCover, type Cover, type Purpose } from "@/work/seeing/shapes";
import { LookingTime } from "@/work/seeing/LookingTime";
import { type Looking, useSights } from "@/work/seeing/useSights";
import { MediaPart, TextRun } from "./PartView";
import { grouped, type Part, type Post } from "./shapes";

interface Shown {
  post: Post;
  /** What it is looked at for. */
  purpose: Purpose;
  leaseId?: string;
  /** How it is to be seen, where that is said. */
  cover?: Cover;
  /** Beside another post, which has the keys. */
  withoutKeys?: boolean;
}

/**
 * Every part of a post, media covered, for pages on which plain numbers mean something else: the first piece of
 * media is shown and covered with H, those after it with Shift and the number of their place.
 */
export function PostParts(shown: Shown) {
  return <Parts key={shown.post.id} {...shown} />;
}

function Parts({ post, purpose, leaseId, cover = builtInCover, withoutKeys = false }: Shown) {
  const looking = usePostSights(post, purpose, leaseId ?? null, cover);
  return (
    <>
      {grouped(post.parts).map((group) => (
        <Group key={group[0]?.id} group={group} post={post} looking={looking} withoutKeys={withoutKeys} />
      ))}
      <LookingTime left={looking.left} />
    </>
  );
}

function Group({ group, post, looking, withoutKeys }: { group: readonly Part[]; post: Post; looking: Looking; withoutKeys: boolean }) {
  const [part] = group;
  if (part?.asset === null || part === undefined) return <TextRun parts={group} post={post} looking={looking} />;
  const place = post.parts.filter((other) => other.asset !== null).indexOf(part) + 1;
  return <MediaPart part={part} asset={part.asset} post={post} revealKey={withoutKeys ? undefined : revealKey(place)} looking={looking} />;
}

function revealKey(place: number): string | undefined {
  if (place === 1) return "h";
  return place <= 9 ? `shift+${place}` : undefined;
}

/** Looks at the parts of a post. */
export function usePostSights(post: Post, purpose: Purpose, leaseId: string | null, cover: Cover): Looking {
  const media = post.parts.filter((part) => part.kind === "image" || part.kind === "video").map((part) => part.id);
  return useSights({ projectId: post.project_id, postId: post.id, leaseId, purpose, media }, cover);
}
