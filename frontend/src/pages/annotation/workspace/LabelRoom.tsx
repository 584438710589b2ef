import { isProblem } from "@/api/problem";
import { uuid7 } from "@/work/uuid7";
import { WorkRoom } from "@/work/WorkRoom";
import { OnboardingRoom } from "../onboarding/OnboardingRoom";
import { ONBOARDING_WAITS } from "../onboarding/queries";
import { tellReport } from "./keeping/calls";
import type { Outbox } from "./keeping/outbox";
import { hasSecondLook } from "./suggestions/lookingAgain";
import { isSecondLook, isUnchanged } from "./suggestions/items";
import { labelWords } from "./workWords";
import { type Finished, Workspace } from "./Workspace";
import type { OpenTask, WorkQueue } from "./workQueue";

interface Room {
  readonly projectId: string;
  readonly personId: string;
  readonly queue: WorkQueue;
  readonly outbox: Outbox;
}

/** The workspace with its queue. */
export function LabelRoom(room: Room) {
  return (
    <WorkRoom
      words={labelWords}
      projectId={room.projectId}
      queue={room.queue}
      outbox={room.outbox}
      nameOf={(entry) => entry.postName}
      instead={(error, onLook) =>
        isProblem(error, ONBOARDING_WAITS) ? (
          <OnboardingRoom projectId={room.projectId} reason={error} onLook={onLook} />
        ) : null
      }
    >
      {(task, place) => (
        <Workspace
          key={task.bundle.lease.id}
          bundle={task.bundle}
          session={task.session}
          onSubmit={(finished) => void finish(room, task, finished)}
          {...place}
        />
      )}
    </WorkRoom>
  );
}

/** Write the answer down, on its way to the server, and go on to the next post. */
async function finish(room: Room, { bundle, session }: OpenTask, { document, activeMs, suggestions }: Finished): Promise<void> {
  session.close();
  if (suggestions !== null && isSecondLook(bundle) && isUnchanged(bundle, document)) {
    void tellReport(bundle.lease.id, suggestions).catch(() => undefined);
    await room.queue.advance();
    return room.queue.refill();
  }
  const submissionId = uuid7();
  await room.outbox.add({
    submissionId,
    leaseId: bundle.lease.id,
    projectId: room.projectId,
    personId: room.personId,
    postName: bundle.post.external_id,
    document,
    activeMs,
    supersedesId: bundle.submission?.id ?? null,
    queuedAt: Date.now(),
    draftVersion: session.draftVersion,
    suggestions,
  });
  const isFirst = bundle.submission === null && bundle.suggestions?.timing === "after_answer";
  if (isFirst && (await hasSecondLook(room.outbox, submissionId, bundle.lease.id))) return room.queue.open(bundle.lease.id);
  await room.queue.advance();
}
