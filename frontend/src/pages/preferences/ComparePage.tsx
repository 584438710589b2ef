import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { useMe } from "@/api/session";
import { postQuery } from "@/pages/content/postQuery";
import { useProjectId } from "@/ui";
import { fetchLetters } from "@/work/ahead";
import { WorkJournal } from "@/work/journal";
import { saveDraft } from "@/work/leases";
import { WorkOutbox } from "@/work/outbox";
import { useOpenRoom } from "@/work/useOpenRoom";
import { oneByOne, WorkQueue } from "@/work/workQueue";
import { type JudgmentLetter, loadBundle, submitJudgment, takeNext } from "./compare/calls";
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
  const queries = useQueryClient();
  const { queue, outbox } = useMemo(() => room(projectId, personId, queries), [projectId, personId, queries]);
  useOpenRoom(queue, outbox);
  return <CompareRoom projectId={projectId} personId={personId} queue={queue} outbox={outbox} />;
}

function room(projectId: string, personId: string, queries: QueryClient): Room {
  const journal = new WorkJournal<LocalDraft, JudgmentLetter>("concord-judgments");
  const send = (letter: JudgmentLetter): Promise<unknown> =>
    submitJudgment(letter).finally(() => void queue.refill());
  const outbox: JudgmentOutbox = new WorkOutbox(journal, send, draftOf, projectId, personId);
  const queue: CompareQueue = new WorkQueue({
    take: oneByOne((holding) => takeNext(projectId, holding), loadBundle),
    load: loadBundle,
    open: async (bundle) => {
      const leaseId = bundle.lease.id;
      const local = await journal.read(leaseId, personId);
      const sent = bundle.submission === null ? null : fromDocument(bundle.submission.document);
      return new JudgmentSession({ leaseId, personId, serverDraft: bundle.draft, local, sent }, { journal, saveDraft });
    },
    holdingMore: () => outbox.snapshot().waiting.map((letter) => letter.leaseId),
    warm: (bundle) => {
      fetchLetters([...bundle.messages.map(({ content }) => content), ...bundle.responses.map(({ text }) => text)]);
      const media = [bundle.material, ...bundle.responses.map(({ material }) => material)].map((material) => material?.post_id);
      for (const postId of [bundle.post_id, ...media]) {
        if (postId !== null && postId !== undefined) queries.query(postQuery(postId)).catch(() => undefined);
      }
    },
  });
  return { queue, outbox };
}

/** A judgment the server sent back is written on where it was left. */
function draftOf({ leaseId, personId, judgment, activeMs, draftVersion }: JudgmentLetter): LocalDraft {
  return { leaseId, personId, judgment, activeMs, baseVersion: draftVersion, isDirty: true };
}
