import { IconArrowRight, IconHandStop, IconHourglass, type TablerIcon } from "@tabler/icons-react";
import { count } from "@/ui";
import classes from "./Advice.module.css";
import { PrecisionMeter } from "./PrecisionMeter";
import type { Advice } from "./queries";

const icons: Readonly<Record<Advice["state"], TablerIcon>> = {
  early: IconHourglass,
  go_on: IconArrowRight,
  stop: IconHandStop,
  done: IconHandStop,
};

/** Whether going on with the suspects is worth it, and by what. */
export function AdviceLine({ advice }: { advice: Advice }) {
  if (advice.state === "done") return null;
  const Icon = icons[advice.state];
  const { expected, window } = advice;
  return (
    <section className={classes.advice} data-state={advice.state} aria-label="When to stop">
      <div className={classes.said}>
        <Icon className={classes.icon} size={20} aria-hidden />
        <div>
          <p className={classes.sentence}>{advice.sentence}</p>
          {expected !== null && advice.state === "go_on" && (
            <p className={classes.note}>
              If the {count(advice.left)} left are like the last {count(window.total)}, about {count(expected.value)} of them are wrong (
              {count(Math.floor(expected.low))} to {count(Math.ceil(expected.high))}, 95 % interval). They are less suspicious, so rather fewer.
            </p>
          )}
        </div>
      </div>
      {window.total > 0 && (
        <div className={classes.last}>
          Of the last {count(window.total)} by rank
          <PrecisionMeter share={window} name={`Of the last ${count(window.total)}`} />
        </div>
      )}
    </section>
  );
}
