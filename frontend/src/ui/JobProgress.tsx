import { Button } from "@mantine/core";
import { count } from "./numbers";
import { StatusBadge } from "./StatusBadge";
import classes from "./JobProgress.module.css";

/** What this draws of a job; the API's job has it all. */
export interface JobLike {
  readonly id: string;
  readonly kind: string;
  readonly state: string;
  readonly done: number;
  /** Null or 0 while nobody knows. */
  readonly total: number | null;
  readonly message: string;
  readonly error?: unknown;
}

export function isOver(state: string): boolean {
  return state === "succeeded" || state === "failed" || state === "cancelled";
}

/** One long piece of work: how far it is, what it says, why it failed. */
export function JobProgress({ job, title, onCancel }: { job: JobLike; title?: string; onCancel?: () => void }) {
  const total = job.total ?? 0;
  const share = total > 0 ? Math.min(1, job.done / total) : null;
  const isFinished = isOver(job.state);
  const error = errorOf(job.error);
  return (
    <div className={classes.job} data-state={job.state}>
      <div className={classes.line}>
        <span className={classes.title}>{title ?? job.kind}</span>
        <StatusBadge state={job.state} />
      </div>
      {!isFinished && (
        <div
          className={classes.track}
          role="progressbar"
          aria-label={title ?? job.kind}
          aria-valuemin={0}
          aria-valuemax={total > 0 ? total : undefined}
          aria-valuenow={share === null ? undefined : job.done}
        >
          {job.state !== "queued" && (
            <div
              className={classes.fill}
              data-unknown={share === null || undefined}
              style={{ width: `${(share ?? 0.25) * 100}%` }}
            />
          )}
        </div>
      )}
      <div className={classes.line}>
        <span className={classes.message}>
          {error ?? job.message}
          {!isFinished && total > 0 && (
            <span className={classes.count}>
              {job.message === "" ? "" : " · "}
              {count(job.done)} of {count(total)}
            </span>
          )}
        </span>
        {!isFinished && onCancel !== undefined && (
          <Button size="xs" variant="subtle" color="gray" onClick={onCancel}>
            Cancel
          </Button>
        )}
      </div>
    </div>
  );
}

function errorOf(error: unknown): string | null {
  if (typeof error === "object" && error !== null && "detail" in error && typeof error.detail === "string") {
    return error.detail;
  }
  return null;
}
