import { percent } from "@/ui";
import classes from "./PrecisionMeter.module.css";
import type { Share } from "./queries";
import { intervalWords } from "./wording";

/** The share of reviewed suspects that were wrong, and how far it may be off. */
export function PrecisionMeter({ share, name = "Precision so far" }: { share: Share; name?: string }) {
  const low = share.low ?? 0;
  const high = share.high ?? 1;
  const words = share.value === null ? "Nothing reviewed yet" : `${percent(share.value, 0)} wrong, ${intervalWords(share)}`;
  return (
    <div className={classes.meter}>
      <div className={classes.track} role="img" aria-label={`${name}: ${words}`}>
        {share.value !== null && (
          <>
            <span className={classes.span} style={{ left: `${low * 100}%`, width: `${(high - low) * 100}%` }} />
            <span className={classes.point} style={{ left: `${share.value * 100}%` }} />
          </>
        )}
      </div>
      <span className={classes.words}>{words}</span>
    </div>
  );
}
