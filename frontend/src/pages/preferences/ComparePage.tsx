import { useEffect, useMemo } from "react";
import { useMe } from "@/api/session";
import { useProjectId } from "@/ui";
import { WorkJournal } from "@/work/journal";
import { WorkOutbox } from "@/work/outbox";
import { WorkQueue } from "@/work/workQueue";
import { type JudgmentLetter, loadBundle, saveDraft, submitJudgment, takeNext } from "./compare/calls";
import { type CompareQueue, CompareRoom, type JudgmentOutbox } from "./compare/CompareRoom";
import { fromDocument } from "./compare/judgment";
import { JudgmentSession, type LocalDraft } from "./compare/session";

interface Room {
  readonly queue: CompareQueue;
  readonly outbox: JudgmentOutbox;
}

/** `/p/:id/compare`: one pair of responses after the other. `?lease=` opens a certain one. */
export default function ComparePage() {
  const projectId = useProjectId();
  const { id: personId } = useMe();
  const { queue, outbox } = useMemo(() => room(projectId, personId), [projectId, personId]);
  useEffect(() => {
    const stopOutbox = outbox.start();
    void queue.open(new URLSearchParams(window.location.search).get("lease") ?? undefined);
    return () => {
      queue.stop();
      stopOutbox();
    };
  }, [queue, outbox]);
  return <CompareRoom projectId={projectId} personId={personId} queue={queue} outbox={outbox} />;
}

function room(projectId: string, personId: string): Room {
  const journal = new WorkJournal<LocalDraft, JudgmentLetter>("concord-judgments");
  const outbox: JudgmentOutbox = new WorkOutbox(journal, submitJudgment, draftOf, projectId, personId);
  const queue: CompareQueue = new WorkQueue({
    take: (holding) => takeNext(projectId, holding),
    load: loadBundle,
    open: async (bundle) => {
      const leaseId = bundle.lease.id;
      const local = await journal.read(leaseId, personId);
      const sent = bundle.submission === null ? null : fromDocument(bundle.submission.document);
      return new JudgmentSession({ leaseId, personId, serverDraft: bundle.draft, local, sent }, { journal, saveDraft });
    },
    holdingMore: () => outbox.snapshot().waiting.map((letter) => letter.leaseId),
    warm: () => undefined,
  });
  return { queue, outbox };
}

/** A judgment the server sent back is written on where it was left. */
function draftOf({ leaseId, personId, judgment, activeMs, draftVersion }: JudgmentLetter): LocalDraft {
  return { leaseId, personId, judgment, activeMs, baseVersion: draftVersion, isDirty: true };
}
