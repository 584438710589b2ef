import { builtInCover } from "@/work/seeing/shapes";
import { Material } from "../../media/Material";
import { SafeText } from "../../SafeText";
import type { ReviewedSlate } from "./reading";
import { letterOf } from "./told";
import classes from "../PairReview.module.css";

/** The responses in stored order, by letters: which model wrote them is not told. Two of them where two are decided. */
export function Responses({
  responses,
  language,
  among,
}: {
  responses: ReviewedSlate["responses"];
  language: string;
  among: readonly number[] | null;
}) {
  return (
    <div className={classes.pair}>
      {responses
        .filter(({ place }) => among === null || among.includes(place))
        .map(({ place, text, material_id: postId }) => (
          <section key={place} className={classes.response} aria-label={`Response ${letterOf(place)}`}>
            <header className={classes.head}>
              <h2 className={classes.name}>{letterOf(place)}</h2>
            </header>
            <div lang={language === "" ? undefined : language}>
              {postId !== null && <Material postId={postId} of={`response ${letterOf(place)}`} leaseId={null} cover={builtInCover} />}
              <SafeText text={text} />
            </div>
          </section>
        ))}
    </div>
  );
}
