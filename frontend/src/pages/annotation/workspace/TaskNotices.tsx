import { Button } from "@mantine/core";
import { IconClockExclamation, IconCloudOff, IconGitMerge, IconInfoCircle, type TablerIcon } from "@tabler/icons-react";
import { type ReactNode, useSyncExternalStore } from "react";
import type { LabelBundle } from "./bundle";
import type { TaskSession } from "./keeping/session";
import classes from "./Workspace.module.css";

/** What the person must know about this task, said once and calmly. Nothing here loses work. */
export function TaskNotices({
  bundle,
  session,
  isLeaseOver,
}: {
  bundle: LabelBundle;
  session: TaskSession;
  isLeaseOver: boolean;
}) {
  const { saved, conflict } = useSyncExternalStore(session.subscribe, session.snapshot);
  return (
    <div className={classes.notices}>
      {conflict !== null && (
        <Notice
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
          This post was also worked on in another tab or on another device. Both are kept; choose which to go on with.
        </Notice>
      )}
      {isLeaseOver && bundle.submission === null && (
        <Notice icon={IconClockExclamation}>
          Your hold on this post has ended. What you wrote is kept; you can still submit it, and it will be marked as late.
        </Notice>
      )}
      {saved === "gone" && (
        <Notice icon={IconCloudOff}>This post was taken back meanwhile. Skip it to go on with the next one.</Notice>
      )}
      {bundle.task.project_state !== "active" && (
        <Notice icon={IconInfoCircle}>
          The project is paused. You can finish this post; what you submit is kept and marked as late.
        </Notice>
      )}
      {bundle.submission !== null && (
        <Notice icon={IconInfoCircle}>You have answered this post before. Submitting replaces your earlier answers.</Notice>
      )}
    </div>
  );
}

function Notice({ icon: Icon, actions, children }: { icon: TablerIcon; actions?: ReactNode; children: ReactNode }) {
  return (
    <div className={classes.notice} role="status">
      <Icon size={17} aria-hidden />
      <p>{children}</p>
      {actions}
    </div>
  );
}
