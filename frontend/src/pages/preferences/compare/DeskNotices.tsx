import { Button } from "@mantine/core";
import { IconClockExclamation, IconCloudOff, IconGitMerge, IconInfoCircle, IconRefresh, type TablerIcon } from "@tabler/icons-react";
import { type ReactNode, useSyncExternalStore } from "react";
import type { ComparisonBundle } from "./bundle";
import classes from "./Desk.module.css";
import type { JudgmentSession } from "./session";

/** What the person must know about this pair, said once and calmly. Nothing here loses work. */
export function DeskNotices({
  session,
  isLeaseOver,
  bundle,
}: {
  session: JudgmentSession;
  isLeaseOver: boolean;
  bundle: ComparisonBundle;
}) {
  const { saved, conflict } = useSyncExternalStore(session.subscribe, session.snapshot);
  return (
    <div>
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
          This pair was also worked on in another tab or on another device. Both are kept; choose which to go on with.
        </Notice>
      )}
      {isLeaseOver && bundle.submission === null && (
        <Notice icon={IconClockExclamation}>
          Your hold on this pair has ended. What you wrote is kept; you can still submit it, and it will be marked as late.
        </Notice>
      )}
      {saved === "gone" && (
        <Notice icon={IconCloudOff}>This pair was taken back meanwhile. Skip it to go on with the next one.</Notice>
      )}
      {bundle.task.project_state !== "active" && (
        <Notice icon={IconInfoCircle}>
          The project is paused. You can finish this pair; what you submit is kept and marked as late.
        </Notice>
      )}
      {bundle.submission !== null && (
        <Notice icon={IconInfoCircle}>You have judged this pair before. Submitting replaces your earlier judgment.</Notice>
      )}
      {bundle.old_answers.length > 0 && (
        <Notice icon={IconRefresh}>Asked again because the rule changed. The earlier answer is marked on the scale.</Notice>
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
