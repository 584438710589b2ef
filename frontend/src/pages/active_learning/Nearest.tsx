import { AppLink, percent } from "@/ui";
import type { Neighbour } from "./queries";
import classes from "./Nearest.module.css";

const ranks = ["Nearest", "Second", "Third", "Fourth", "Fifth"];

/** The answered posts that look most like one, as the encoder sees it. */
export function Nearest({
  neighbours,
  projectId,
  answerLabel,
}: {
  neighbours: readonly Neighbour[];
  projectId: string;
  answerLabel: (value: string) => string;
}) {
  if (neighbours.length === 0) return <span className={classes.similar}>None answered yet</span>;
  return (
    <ol className={classes.list}>
      {neighbours.map((neighbour, at) => (
        <li key={neighbour.post_id}>
          <AppLink to={`/p/${projectId}/posts/${neighbour.post_id}`}>{ranks[at] ?? `Number ${at + 1}`}</AppLink>{" "}
          {answerLabel(neighbour.answer)} <span className={classes.similar}>{percent(neighbour.similarity, 0)} alike</span>
        </li>
      ))}
    </ol>
  );
}
