import { count, percent } from "@/ui";
import type { Campaign } from "../shapes";
import classes from "./CampaignMeter.module.css";

/** How many of the answers a campaign wants are in. */
export function CampaignMeter({ progress }: { progress: Campaign["progress"] }) {
  const { answers_given: given, answers_wanted: wanted } = progress;
  const share = wanted === 0 ? (progress.state === "finished" ? 1 : 0) : given / wanted;
  return (
    <div className={classes.meter}>
      <div
        className={classes.track}
        role="progressbar"
        aria-label="Answers given"
        aria-valuemin={0}
        aria-valuemax={wanted}
        aria-valuenow={given}
      >
        <div style={{ width: `${share * 100}%` }} />
      </div>
      <span className={classes.words}>
        {count(given)} of {count(wanted)} answers ({percent(share, 0)})
      </span>
    </div>
  );
}
