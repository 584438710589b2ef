import { Button } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconPhotoOff } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { languageName, makeUp } from "@/pages/content/shapes";
import { AppLink, Facts, Panel, percent } from "@/ui";
import type { Answer } from "./colouring";
import type { Place } from "./geometry";
import { type MapPoints, type PostMap, type PostSummary, summariesQuery } from "./mapQueries";
import { NEAR } from "./near";
import classes from "./PostCard.module.css";
import { chosenWords, stateWords } from "./wording";

const hoverMs = 120;

/** The post under the pointer, once it rests there. */
export function HoverCard({ map, name, at }: { map: PostMap; name: string; at: Place }) {
  const [settled] = useDebouncedValue(name, hoverMs);
  const summary = useQuery({ ...summariesQuery(map.project_id, [name]), enabled: settled === name });
  const found = summary.data?.[0];
  return (
    <div className={classes.hover} style={{ left: `max(8px, min(${at.x + 14}px, 100% - 290px))`, top: at.y + 14 }} aria-hidden>
      <strong>{name}</strong>
      {found !== undefined && <Beginning post={found} />}
    </div>
  );
}

/** The post in focus: how it begins, what is known of it, and what lies around it. */
export function PostCard({
  map,
  points,
  post,
  answers,
  isChosen,
  onToggle,
  onNear,
}: {
  map: PostMap;
  points: MapPoints;
  post: number | null;
  answers: readonly Answer[];
  isChosen: boolean;
  onToggle: (post: number) => void;
  onNear: () => void;
}) {
  const name = post === null ? "" : (points.names[post] ?? "");
  const summary = useQuery({ ...summariesQuery(map.project_id, [name]), enabled: name !== "" });
  const found = summary.data?.[0];
  return (
    <Panel title="Post in focus">
      <div className={classes.card} aria-live="polite">
        {post === null ? (
          <p className={classes.faint}>Click a post, or go to the map and press an arrow key.</p>
        ) : (
          <>
            <AppLink to={`/p/${map.project_id}/posts/${points.post_ids[post] ?? ""}`}>{name}</AppLink>
            {found !== undefined && <Beginning post={found} />}
            <Facts facts={factsOf(points, post, answers, found)} />
            <div className={classes.buttons}>
              <Button size="xs" variant="default" onClick={() => onToggle(post)}>
                {isChosen ? "Leave it out" : "Choose it"}
              </Button>
              <Button size="xs" variant="default" onClick={onNear}>
                Choose the {NEAR} nearest
              </Button>
            </div>
          </>
        )}
      </div>
    </Panel>
  );
}

/** How a post begins; its picture is the cover that the server has blurred. */
export function Beginning({ post }: { post: PostSummary }) {
  return (
    <span className={classes.beginning}>
      {post.cover_url !== null ? (
        <img className={classes.picture} src={post.cover_url} alt="" loading="lazy" />
      ) : (
        post.excerpt === "" && (
          <span className={classes.picture} aria-hidden>
            <IconPhotoOff size={16} stroke={1.5} />
          </span>
        )
      )}
      {post.excerpt !== "" && (
        <span className={classes.excerpt} dir="auto" lang={post.language === "" ? undefined : post.language}>
          {post.excerpt}
        </span>
      )}
    </span>
  );
}

function factsOf(
  points: MapPoints,
  post: number,
  answers: readonly Answer[],
  summary: PostSummary | undefined,
): [string, string][] {
  const facts: [string, string][] = [];
  const answer = points.answers[post];
  const state = points.states[post];
  const chosenBy = points.chosen_by[post];
  const harm = points.harm[post];
  if (state !== undefined) {
    const label = answers.find((one) => one.value === answer)?.label ?? answer;
    facts.push(["Answer", label ?? stateWords[state]]);
  }
  if (harm !== undefined) facts.push(["Chance of harm", percent(harm, 0)]);
  if (chosenBy !== undefined && chosenBy !== "nothing") facts.push(["Chosen", chosenWords[chosenBy]]);
  if (points.held_out[post] === true) facts.push(["Kept", "to measure models"]);
  facts.push(["Area", String((points.areas[post] ?? 0) + 1)]);
  if (summary !== undefined) facts.push(["Parts", makeUp(summary.kinds)], ["Language", languageName(summary.language)]);
  return facts;
}
