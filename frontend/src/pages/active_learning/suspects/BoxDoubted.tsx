import { useQuery } from "@tanstack/react-query";
import { postQuery } from "@/pages/content/postQuery";
import { count, StatusBadge } from "@/ui";
import type { RegionDoubted } from "../queries";
import { boxWords, seenBy } from "../wording";
import classes from "./SuspectRoom.module.css";

/** What somebody drew, and where others see it. */
export function BoxDoubted({ postId, region, clauseTitle }: { postId: string; region: RegionDoubted; clauseTitle: string }) {
  return (
    <section className={classes.block} aria-labelledby="suspect-box">
      <h3 id="suspect-box">{boxWords[region.problem]}</h3>
      <ul className={classes.votes}>
        <li>
          <span className={classes.voter}>
            {region.pseudonym}
            {region.is_simulated && <StatusBadge state="simulated" />}
          </span>
          <strong>{region.given === null ? "Drew none here" : placeWords(region.given)}</strong>
        </li>
        <li>
          <span className={classes.voter}>
            {seenBy(region)}
            {region.model !== "" && <StatusBadge state="model" />}
          </span>
          <strong>{placeWords(region.likely)}</strong>
          {region.problem === "name" && <span className={classes.soft}>for {clauseTitle}</span>}
        </li>
      </ul>
      <Frame postId={postId} region={region} />
    </section>
  );
}

/** "100 × 50 at 10, 20": a box in pixels of its picture. */
function placeWords([left = 0, top = 0, right = 0, bottom = 0]: readonly number[]): string {
  return `${count(Math.round(right - left))} × ${count(Math.round(bottom - top))} at ${count(Math.round(left))}, ${count(Math.round(top))}`;
}

/** The boxes in an empty frame of the picture's shape: what is in the picture stays covered until asked for. */
function Frame({ postId, region }: { postId: string; region: RegionDoubted }) {
  const post = useQuery(postQuery(postId));
  const asset = post.data?.parts.find((part) => part.id === region.part_id)?.asset;
  if (asset?.width == null || asset.height == null) return null;
  const { width, height } = asset;
  return (
    <figure className={classes.frame}>
      <svg viewBox={`0 0 ${width} ${height}`} aria-hidden>
        {region.given !== null && <Outline corners={region.given} className={classes.drawn} />}
        <Outline corners={region.likely} className={classes.seen} />
      </svg>
      <figcaption className={classes.soft}>
        {region.given === null ? "Where others drew it." : "Dashed: as it was drawn. Filled: as others see it."}
      </figcaption>
    </figure>
  );
}

function Outline({ corners: [left = 0, top = 0, right = 0, bottom = 0], className }: { corners: readonly number[]; className: string | undefined }) {
  return <rect className={className} x={left} y={top} width={right - left} height={bottom - top} />;
}
