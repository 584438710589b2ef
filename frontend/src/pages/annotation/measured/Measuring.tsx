import { Button, Loader } from "@mantine/core";
import { type ReactNode, useEffect, useState } from "react";
import { clockTime, type JobLike, JobProgress, LoadingState } from "@/ui";
import classes from "./Measuring.module.css";

const quietS = 2;

/** Before there are figures: their shape, and after two seconds what takes so long; how far the job is that counts them. */
export function Measuring({ label, job = null }: { label: string; job?: JobLike | null }) {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const began = Date.now();
    const timer = setInterval(() => setSeconds(Math.floor((Date.now() - began) / 1000)), 500);
    return () => clearInterval(timer);
  }, []);
  return (
    <div className={classes.measuring}>
      {job !== null && <JobProgress job={job} title="Counting every answer for the first time" />}
      {job === null && seconds >= quietS && (
        <p className={classes.said} role="status">
          <Loader size={14} aria-hidden />
          Every answer is being counted. A million take some seconds.
          <span className={classes.seconds} aria-hidden>
            {seconds} s
          </span>
        </p>
      )}
      <LoadingState label={label} lines={8} />
    </div>
  );
}

/** Of when the figures below are, and whether newer ones are on their way or may be asked for. */
export function AsOf({ at, measured }: { at: string; measured: Renewal }) {
  const { isMeasuring, isOld, refreshError: error, refresh: onRetry } = measured;
  return (
    <p className={classes.asOf} role="status">
      As of <time dateTime={at}>{clockTime(new Date(at))}</time>
      {!isMeasuring && isOld && error === null && (
        <Side>
          More was answered since.
          <Button size="compact-xs" variant="default" onClick={() => void onRetry()}>
            Count again
          </Button>
        </Side>
      )}
      {isMeasuring && (
        <Side>
          <Loader size={12} aria-hidden /> Newer answers are being counted.
        </Side>
      )}
      {!isMeasuring && error !== null && (
        <Side>
          Newer answers could not be counted.
          <Button size="compact-xs" variant="default" onClick={() => void onRetry()}>
            Try again
          </Button>
        </Side>
      )}
    </p>
  );
}

interface Renewal {
  readonly isMeasuring: boolean;
  readonly isOld: boolean;
  readonly refreshError: unknown;
  readonly refresh: () => unknown;
}

function Side({ children }: { children: ReactNode }) {
  return <span className={classes.side}>{children}</span>;
}
