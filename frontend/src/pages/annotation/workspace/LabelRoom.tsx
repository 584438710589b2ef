import { Button } from "@mantine/core";
import { IconChecks, IconPlayerPause } from "@tabler/icons-react";
import { useSyncExternalStore } from "react";
import { isProblem } from "@/api/problem";
import { AppLink, EmptyState, ErrorState, LoadingState, plural } from "@/ui";
import type { Outbox } from "./keeping/outbox";
import { OutboxNotice } from "./OutboxNotice";
import { releaseLease, useHeartbeat } from "@/work/leases";
import { uuid7 } from "@/work/uuid7";
import { type Finished, Workspace } from "./Workspace";
import type { OpenTask, WorkQueue } from "./workQueue";
import classes from "./LabelRoom.module.css";

/** The workspace with its queue: what is on the screen, what comes next, and what is still to be sent. */
export function LabelRoom({
  projectId,
  personId,
  queue,
  outbox,
}: {
  projectId: string;
  personId: string;
  queue: WorkQueue;
  outbox: Outbox;
}) {
  const state = useSyncExternalStore(queue.subscribe, queue.snapshot);
  const overLeases = useHeartbeat(queue);

  const finish = async ({ bundle, session }: OpenTask, { document, activeMs }: Finished): Promise<void> => {
    session.close();
    await outbox.add({
      submissionId: uuid7(),
      leaseId: bundle.lease.id,
      projectId,
      personId,
      postName: bundle.post.external_id,
      document,
      activeMs,
      supersedesId: bundle.submission?.id ?? null,
      queuedAt: Date.now(),
      draftVersion: session.draftVersion,
    });
    await queue.advance();
  };

  return (
    <div className={classes.room}>
      <OutboxNotice outbox={outbox} onOpen={(leaseId) => void queue.open(leaseId)} />
      {state.phase === "working" ? (
        <Workspace
          key={state.task.bundle.lease.id}
          bundle={state.task.bundle}
          session={state.task.session}
          isLeaseOver={overLeases.has(state.task.bundle.lease.id)}
          onSubmit={(finished) => void finish(state.task, finished)}
          onRelease={(outcome, reason) => {
            releaseLease(state.task.bundle.lease.id, outcome, reason).catch(() => undefined);
            void queue.advance();
          }}
        />
      ) : (
        <div className={classes.quiet}>
          <h1 className={classes.heading} tabIndex={-1} data-page-title>
            Label
          </h1>
          {state.phase === "loading" && <LoadingState label="Loading the next post" lines={8} />}
          {state.phase === "empty" && <NothingLeft projectId={projectId} outbox={outbox} onLook={() => void queue.open()} />}
          {state.phase === "failed" && <Failed error={state.error} onRetry={() => void queue.open()} />}
        </div>
      )}
    </div>
  );
}

function NothingLeft({ projectId, outbox, onLook }: { projectId: string; outbox: Outbox; onLook: () => void }) {
  const { waiting } = useSyncExternalStore(outbox.subscribe, outbox.snapshot);
  return (
    <EmptyState
      icon={IconChecks}
      tone="good"
      title="Nothing waits for you here"
      actions={
        <>
          <Button variant="default" onClick={onLook}>
            Look again
          </Button>
          <AppLink to={`/p/${projectId}`}>Go to the project</AppLink>
        </>
      }
    >
      {waiting.length > 0
        ? `You have answered every post there is for you. ${plural(waiting.length, "answer")} of yours will be sent when Concord can be reached.`
        : "You have answered every post there is for you. New ones appear here when somebody asks for them."}
    </EmptyState>
  );
}

function Failed({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  if (isProblem(error, "project_not_active")) {
    return (
      <EmptyState
        icon={IconPlayerPause}
        title="This project hands out no work right now"
        actions={
          <Button variant="default" onClick={onRetry}>
            Look again
          </Button>
        }
      >
        {error.message} What you have written is kept.
      </EmptyState>
    );
  }
  return <ErrorState error={error} onRetry={onRetry} />;
}
