import { Button } from "@mantine/core";
import { IconChecks, IconPlayerPause } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { lazy, type ReactNode, Suspense, useEffect, useEffectEvent, useState, useSyncExternalStore } from "react";
import { isProblem } from "@/api/problem";
import { announceProblem, AppLink, EmptyState, ErrorState, LoadingState, plural } from "@/ui";
import type { FinishedAnswer, KeptDraft } from "./journal";
import { releaseLease, useHeartbeat } from "./leases";
import { OutboxNotice } from "./OutboxNotice";
import type { WorkOutbox } from "./outbox";
import { closedOf } from "./protection/closed";
import { ClosedRoom } from "./protection/ClosedRoom";
import { stopWork } from "./protection/queries";
import { viewsTold } from "./seeing/viewLog";
import type { WorkWords } from "./workWords";
import type { Closable, Leased, OpenTask, WorkQueue } from "./workQueue";
import classes from "./WorkRoom.module.css";

// Asked once: work does not load it.
const LanguagesRoom = lazy(() => import("./languages/LanguagesRoom"));

/** What a task on the screen can ask of the room around it. */
export interface TaskPlace {
  /** Its hold has ended: what comes now is late, unless it was answered. */
  readonly isLeaseOver: boolean;
  /** Its person answered it in another tab or on another device while it was on this screen. */
  readonly isAnswered: boolean;
  /** Open it as one that was answered, with what was written here. */
  readonly onReopen: () => void;
  /** Give the task back unanswered and go on. */
  readonly onRelease: (outcome: "skipped" | "declined", reason: string) => void;
  /** The task is gone for everybody: go on. */
  readonly onGone: () => void;
  /** Give back all that is held, without a word, and leave the room. */
  readonly onStop: () => void;
}

/** A page of work with its queue: what is on the screen, what comes next, and what is still to be sent. */
export function WorkRoom<
  Bundle extends Leased,
  Session extends Closable,
  Kept extends KeptDraft,
  Finished extends FinishedAnswer,
>({
  words,
  projectId,
  queue,
  outbox,
  nameOf,
  instead,
  children,
}: {
  words: WorkWords;
  projectId: string;
  queue: WorkQueue<Bundle, Session>;
  outbox: WorkOutbox<Kept, Finished>;
  nameOf: (entry: Finished) => string;
  /** What an area shows of its own when nothing was handed out for this reason; null for what every area shows. */
  instead?: (error: unknown, onLook: () => void) => ReactNode;
  children: (task: OpenTask<Bundle, Session>, place: TaskPlace) => ReactNode;
}) {
  const state = useSyncExternalStore(queue.subscribe, queue.snapshot);
  const { waiting } = useSyncExternalStore(outbox.subscribe, outbox.snapshot);
  const ended = useHeartbeat(queue);
  const navigate = useNavigate();
  const look = (): void => void queue.open();
  const [isStopping, setStopping] = useState(false);
  const stop = useEffectEvent(() => {
    queue.stop();
    viewsTold()
      .then(stopWork)
      .then(
        () => navigate({ to: "/rest" }),
        (error: unknown) => {
          announceProblem(error);
          setStopping(false);
          look();
        },
      );
  });
  // The task has left the screen by then, and with it what it still had to say.
  useEffect(() => {
    if (isStopping) stop();
  }, [isStopping]);
  const placeOf = (leaseId: string): TaskPlace => ({
    isLeaseOver: ended.has(leaseId),
    isAnswered: ended.get(leaseId) === "answered",
    onReopen: () => void queue.open(leaseId),
    onRelease: (outcome, reason) => {
      // What the task on its way out still says of what was seen comes first: the server takes it from holders alone.
      const isLeft = queue.advance();
      void isLeft
        .then(viewsTold)
        .then(() => releaseLease(leaseId, outcome, reason).catch(() => undefined))
        .then(() => queue.refill());
    },
    onGone: () => void queue.advance().then(() => queue.refill()),
    onStop: () => setStopping(true),
  });
  return (
    <div className={classes.room}>
      <OutboxNotice words={words} outbox={outbox} nameOf={nameOf} onOpen={(leaseId) => void queue.open(leaseId)} />
      {state.phase === "working" && !isStopping ? (
        children(state.task, placeOf(state.task.bundle.lease.id))
      ) : (
        <div className={classes.quiet}>
          <h1 className={classes.heading} tabIndex={-1} data-page-title>
            {words.title}
          </h1>
          {(state.phase === "loading" || isStopping) && <LoadingState label={`Loading the next ${words.thing}`} lines={8} />}
          {state.phase === "empty" && (
            <NothingLeft words={words} projectId={projectId} unsent={waiting.length} onLook={look} />
          )}
          {state.phase === "failed" &&
            (instead?.(state.error, look) ?? <Failed error={state.error} projectId={projectId} onRetry={look} />)}
        </div>
      )}
    </div>
  );
}

function NothingLeft({
  words,
  projectId,
  unsent,
  onLook,
}: {
  words: WorkWords;
  projectId: string;
  unsent: number;
  onLook: () => void;
}) {
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
          <AppLink to="/protection">What you are handed</AppLink>
        </>
      }
    >
      You have {words.done} every {words.thing} there is for you.{" "}
      {unsent > 0
        ? `${plural(unsent, words.answer)} of yours will be sent when Concord can be reached.`
        : "New ones appear here when somebody asks for them."}
    </EmptyState>
  );
}

function Failed({ error, projectId, onRetry }: { error: unknown; projectId: string; onRetry: () => void }) {
  const closed = closedOf(error);
  if (closed !== null) return <ClosedRoom closed={closed} projectId={projectId} onLook={onRetry} />;
  if (isProblem(error, "languages_unsaid")) {
    return (
      <Suspense fallback={<LoadingState />}>
        <LanguagesRoom reason={error} onLook={onRetry} />
      </Suspense>
    );
  }
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
  if (isProblem(error, "person_paused")) {
    return (
      <EmptyState
        icon={IconPlayerPause}
        title="Your work here is paused"
        actions={<AppLink to={`/p/${projectId}/my-results`}>Read why, and answer</AppLink>}
      >
        What you have sent and written is kept. Other projects are as open to you as before.
      </EmptyState>
    );
  }
  return <ErrorState error={error} onRetry={onRetry} />;
}
