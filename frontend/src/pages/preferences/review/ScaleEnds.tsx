import { IconArrowNarrowLeft, IconArrowNarrowRight } from "@tabler/icons-react";
import classes from "./PairReview.module.css";

/** Which end of the scales under it is whose. */
export function ScaleEnds() {
  return (
    <p className={classes.ends} aria-hidden>
      <span>
        <IconArrowNarrowLeft size={16} /> A is better
      </span>
      <span>
        B is better <IconArrowNarrowRight size={16} />
      </span>
    </p>
  );
}
