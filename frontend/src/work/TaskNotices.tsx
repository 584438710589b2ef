import { Button } from "@mantine/core";
import { IconChecks, IconClockExclamation, IconCloudOff, IconGitMerge, IconInfoCircle, type TablerIcon } from "@tabler/icons-react";
import { type ReactNode, useSyncExternalStore } from "react";
import classes from "./TaskNotices.module.css";
import type { WorkWords } from "./workWords";

/** What the notices read of the work on a task, and the way out of a conflict. */
interface WatchedSession {
  subscribe: (listener: () => void) => () => void;
  snapshot: () => { readonly saved: string; readonly conflict: object | null };
  takeTheirs(): void;
  keepMine(): void;
}

/** What the notices read of a leased task. */
interface WatchedBundle {
  readonly submission: object | null;
  readonly task: { readonly project_state: string };
}

/** What the person must know about this task, said once and calmly. Nothing here loses work. */
export function TaskNotices({
  words: { thing, answer, done },
  bundle,
  session,
  isLeaseOver,
  elsewhere = null,
  children,
}: {
  words: WorkWords;
  bundle: WatchedBundle;
  session: WatchedSession;
  isLeaseOver: boolean;
  /** Where the person answered it in another tab or on another device: what they can do about it. */
  elsewhere?: { readonly onReopen: () => void; readonly onGone: () => void } | null;
  children?: ReactNode;
}) {
  const { saved, conflict } = useSyncExternalStore(session.subscribe, session.snapshot);
  return (
    <div className={classes.notices}>
      {conflict !== null && (
        <TaskNotice
          icon={IconGitMerge}
          actions={
            <>
              <Button size="xs" variant="default" onClick={() => session.takeTheirs()}>
                Take the other one
              </Button>
              <Button size="xs" onClick={() => session.keepMine()}>
                Keep this one
              </Button>
            </>
          }
        >
          This {thing} was also worked on in another tab or on another device. Both are kept; choose which to go on with.
        </TaskNotice>
      )}
      {elsewhere !== null && bundle.submission === null && (
        <TaskNotice
          icon={IconChecks}
          actions={
            <>
              <Button size="xs" variant="default" onClick={elsewhere.onReopen}>
                Change that {answer}
              </Button>
              <Button size="xs" onClick={elsewhere.onGone}>
                Next {thing}
              </Button>
            </>
          }
        >
          You have {done} this {thing} in another tab or on another device. What you wrote here is kept.
        </TaskNotice>
      )}
      {isLeaseOver && elsewhere === null && bundle.submission === null && (
        <TaskNotice icon={IconClockExclamation}>
          Your hold on this {thing} has ended. What you wrote is kept; you can still submit it, and it will be marked as late.
        </TaskNotice>
      )}
      {saved === "gone" && (
        <TaskNotice icon={IconCloudOff}>
          This {thing} was taken back meanwhile. Skip it to go on with the next one.
        </TaskNotice>
      )}
      {bundle.task.project_state !== "active" && (
        <TaskNotice icon={IconInfoCircle}>
          The project is paused. You can finish this {thing}; what you submit is kept and marked as late.
        </TaskNotice>
      )}
      {bundle.submission !== null && (
        <TaskNotice icon={IconInfoCircle}>
          You have {done} this {thing} before. Submitting replaces your earlier {answer}.
        </TaskNotice>
      )}
      {children}
    </div>
  );
}

/** One line over the work, with what can be done about it. */
export function TaskNotice({
  icon: Icon,
  actions,
  children,
}: {
  icon: TablerIcon;
  actions?: ReactNode;
  children: ReactNode;
}) {
  return (
    <div className={classes.notice} role="status">
      <Icon size={17} aria-hidden />
      <p>{children}</p>
      {actions}
    </div>
  );
}
