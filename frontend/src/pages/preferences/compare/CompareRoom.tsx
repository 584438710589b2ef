import { useState, useSyncExternalStore } from "react";
import type { WorkOutbox } from "@/work/outbox";
import { uuid7 } from "@/work/uuid7";
import { WorkRoom } from "@/work/WorkRoom";
import type { OpenTask, WorkQueue } from "@/work/workQueue";
import type { ComparisonBundle } from "./bundle";
import type { JudgmentLetter } from "./calls";
import { Desk, nameOf } from "./Desk";
import { GoOnDialog } from "../conversations/GoOnDialog";
import { toDocument } from "./judgment";
import type { JudgmentSession, LocalDraft } from "./session";
import { compareWords } from "./workWords";

export type CompareQueue = WorkQueue<ComparisonBundle, JudgmentSession>;
export type JudgmentOutbox = WorkOutbox<LocalDraft, JudgmentLetter>;

interface Room {
  readonly projectId: string;
  readonly personId: string;
  readonly queue: CompareQueue;
  readonly outbox: JudgmentOutbox;
}

/** The judgment page with its queue. */
export function CompareRoom(room: Room) {
  const [goingOn, setGoingOn] = useState<string | null>(null);
  const { waiting, refused } = useSyncExternalStore(room.outbox.subscribe, room.outbox.snapshot);
  const isSent = ![...waiting, ...refused.map(({ entry }) => entry)].some(({ leaseId }) => leaseId === goingOn);
  return (
    <>
      <WorkRoom
        words={compareWords}
        projectId={room.projectId}
        queue={room.queue}
        outbox={room.outbox}
        nameOf={(letter) => letter.name}
      >
        {(task, place) => (
          <Desk
            key={task.bundle.lease.id}
            bundle={task.bundle}
            session={task.session}
            onSubmit={(goesOn) => void finish(room, task).then(() => setGoingOn(goesOn ? task.bundle.lease.id : null))}
            {...place}
          />
        )}
      </WorkRoom>
      {goingOn !== null && <GoOnDialog key={goingOn} leaseId={goingOn} isSent={isSent} onClose={() => setGoingOn(null)} />}
    </>
  );
}

/** Write the judgment down, on its way to the server, and go on to the next pair. */
async function finish(room: Room, { bundle, session }: OpenTask<ComparisonBundle, JudgmentSession>): Promise<void> {
  const { judgment } = session.snapshot();
  session.close();
  await room.outbox.add({
    submissionId: uuid7(),
    leaseId: bundle.lease.id,
    projectId: room.projectId,
    personId: room.personId,
    queuedAt: Date.now(),
    name: nameOf(bundle),
    document: toDocument(judgment, bundle),
    judgment,
    activeMs: session.activeMs,
    draftVersion: session.draftVersion,
    supersedesId: bundle.submission?.id ?? null,
  });
  await room.queue.advance();
}
