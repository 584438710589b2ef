import { IconHourglassLow } from "@tabler/icons-react";
import { useEffect, useState, useSyncExternalStore } from "react";
import { plural } from "@/ui";
import classes from "./LookingTime.module.css";
import type { TimeLeft } from "./timeLeft";

/** How long what is in view may still be seen, counted down while it is not long. */
export function LookingTime({ left }: { left: TimeLeft }) {
  const until = useSyncExternalStore(left.subscribe, left.snapshot);
  return until === null ? null : <Countdown key={until} until={until} />;
}

function Countdown({ until }: { until: number }) {
  const [now, setNow] = useState(() => performance.now());
  useEffect(() => {
    const timer = window.setInterval(() => setNow(performance.now()), 500);
    return () => window.clearInterval(timer);
  }, []);
  const seconds = Math.max(0, Math.ceil((until - now) / 1000));
  return (
    <p className={classes.time} role="timer">
      <IconHourglassLow size={16} aria-hidden />
      {plural(seconds, "second")} left to look at posts like this. Then it is covered again; what you marked stays.
    </p>
  );
}
