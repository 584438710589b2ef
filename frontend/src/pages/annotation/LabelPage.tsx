import { useQueryClient, type QueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { isProblem } from "@/api/problem";
import { useMe } from "@/api/session";
import { useProjectId } from "@/ui";
import { fetchLetters } from "@/work/ahead";
import { WorkClosedError } from "@/work/protection/closed";
import { useOpenRoom } from "@/work/useOpenRoom";
import type { LabelBundle } from "./workspace/bundle";
import { ONBOARDING_WAITS } from "./onboarding/queries";
import { exchangeAnswer, idleProblem } from "./workspace/keeping/calls";
import { Journal, type OutboxEntry } from "./workspace/keeping/journal";
import { Outbox } from "./workspace/keeping/outbox";
import { LabelRoom } from "./workspace/LabelRoom";
import { frameTableQuery, peaksQuery } from "./workspace/parts/mediaFiles";
import { WorkQueue } from "./workspace/workQueue";

interface Room {
  readonly queue: WorkQueue;
  readonly outbox: Outbox;
}

/** `/p/:id/label`: one post after the other. `?lease=` opens a certain one. */
export default function LabelPage() {
  const projectId = useProjectId();
  const { id: personId } = useMe();
  const queries = useQueryClient();
  const { queue, outbox } = useMemo((): Room => {
    const journal = new Journal();
    const send = async (entry: OutboxEntry): Promise<void> => {
      try {
        const { next, over, closed, idle } = await exchangeAnswer(entry, { holding: room.named, take: room.wanted(entry.leaseId) });
        if (closed !== null) room.close(new WorkClosedError(closed), over);
        else if (next.length === 0 && idle?.code === ONBOARDING_WAITS) room.close(idleProblem(idle), over);
        else room.stock(next, over);
      } catch (error) {
        // Refused for good: nothing was handed out along with it.
        if (isProblem(error)) void room.refill();
        throw error;
      }
    };
    const letters = new Outbox(journal, send, projectId, personId);
    const holding = (): string[] => letters.snapshot().waiting.map((entry) => entry.leaseId);
    const room = new WorkQueue(projectId, personId, journal, holding, (bundle) => warm(queries, bundle));
    return { queue: room, outbox: letters };
  }, [projectId, personId, queries]);
  useOpenRoom(queue, outbox);
  return <LabelRoom projectId={projectId} personId={personId} queue={queue} outbox={outbox} />;
}

/** Fetch what the next post needs to stand there at once; never more than its covers. */
function warm(queries: QueryClient, bundle: LabelBundle): void {
  fetchLetters(bundle.post.parts.map((part) => part.text));
  for (const { asset } of bundle.post.parts) {
    if (asset === null || asset.state !== "ready") continue;
    const cover = asset.urls["cover"];
    if (cover !== undefined) new Image().src = cover;
    if (asset.urls["frame_table"] !== undefined) queries.query(frameTableQuery(asset)).catch(() => undefined);
    if (asset.urls["peaks"] !== undefined && asset.kind === "audio") queries.query(peaksQuery(asset)).catch(() => undefined);
  }
}
