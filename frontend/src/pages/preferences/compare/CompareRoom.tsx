import { Button } from "@mantine/core";
import { IconChecks, IconPlayerPause } from "@tabler/icons-react";
import { useSyncExternalStore } from "react";
import { isProblem } from "@/api/problem";
import { AppLink, EmptyState, ErrorState, LoadingState, plural } from "@/ui";
import { releaseLease, useHeartbeat } from "@/work/leases";
import type { WorkOutbox } from "@/work/outbox";
import { uuid7 } from "@/work/uuid7";
import type { OpenTask, WorkQueue } from "@/work/workQueue";
import type { ComparisonBundle } from "./bundle";
import type { JudgmentLetter } from "./calls";
import classes from "./CompareRoom.module.css";
import { Desk, nameOf } from "./Desk";
import { toDocument } from "./judgment";
import { LettersNotice } from "./LettersNotice";
import type { JudgmentSession, LocalDraft } from "./session";

export type CompareQueue = WorkQueue<ComparisonBundle, JudgmentSession>;
export type JudgmentOutbox = WorkOutbox<LocalDraft, JudgmentLetter>;

/** The judgment page with its queue: what is on the screen, what comes next, and what is still to be sent. */
export function CompareRoom({
  projectId,
  personId,
  queue,
  outbox,
}: {
  projectId: string;
  personId: string;
  queue: CompareQueue;
  outbox: JudgmentOutbox;
}) {
  const state = useSyncExternalStore(queue.subscribe, queue.snapshot);
  const overLeases = useHeartbeat(queue);
  const finish = async ({ bundle, session }: OpenTask<ComparisonBundle, JudgmentSession>): Promise<void> => {
    const { judgment } = session.snapshot();
    session.close();
    await outbox.add({
      submissionId: uuid7(),
      leaseId: bundle.lease.id,
      projectId,
      personId,
      queuedAt: Date.now(),
      name: nameOf(bundle),
      document: toDocument(judgment, bundle),
      judgment,
      activeMs: session.activeMs,
      draftVersion: session.draftVersion,
      supersedesId: bundle.submission?.id ?? null,
    });
    await queue.advance();
  };
  return (
    <div className={classes.room}>
      <LettersNotice outbox={outbox} onOpen={(leaseId) => void queue.open(leaseId)} />
      {state.phase === "working" ? (
        <Desk
          key={state.task.bundle.lease.id}
          bundle={state.task.bundle}
          session={state.task.session}
          isLeaseOver={overLeases.has(state.task.bundle.lease.id)}
          onSubmit={() => void finish(state.task)}
          onRelease={(outcome, reason) => {
            releaseLease(state.task.bundle.lease.id, outcome, reason).catch(() => undefined);
            void queue.advance();
          }}
        />
      ) : (
        <div className={classes.quiet}>
          <h1 className={classes.heading} tabIndex={-1} data-page-title>
            Compare
          </h1>
          {state.phase === "loading" && <LoadingState label="Loading the next comparison" lines={8} />}
          {state.phase === "empty" && <NothingLeft projectId={projectId} outbox={outbox} onLook={() => void queue.open()} />}
          {state.phase === "failed" && <Failed error={state.error} onRetry={() => void queue.open()} />}
        </div>
      )}
    </div>
  );
}

function NothingLeft({ projectId, outbox, onLook }: { projectId: string; outbox: JudgmentOutbox; onLook: () => void }) {
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
        ? `You have judged every pair there is for you. ${plural(waiting.length, "judgment")} of yours will be sent when Concord can be reached.`
        : "You have judged every pair there is for you. New ones appear here when somebody asks for them."}
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
