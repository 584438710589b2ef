import { useQueryClient, type QueryClient } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import { useMe } from "@/api/session";
import { useProjectId } from "@/ui";
import type { LabelBundle } from "./workspace/bundle";
import { submitAnswer } from "./workspace/keeping/calls";
import { Journal } from "./workspace/keeping/journal";
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
    const letters = new Outbox(journal, submitAnswer, projectId, personId);
    const holding = (): string[] => letters.snapshot().waiting.map((entry) => entry.leaseId);
    const room = new WorkQueue(projectId, personId, journal, holding, (bundle) => warm(queries, bundle));
    return { queue: room, outbox: letters };
  }, [projectId, personId, queries]);
  useEffect(() => {
    const stopOutbox = outbox.start();
    void queue.open(new URLSearchParams(window.location.search).get("lease") ?? undefined);
    return () => {
      queue.stop();
      stopOutbox();
    };
  }, [queue, outbox]);
  return <LabelRoom projectId={projectId} personId={personId} queue={queue} outbox={outbox} />;
}

/** Fetch what the next post needs to stand there at once; never more than its covers. */
function warm(queries: QueryClient, bundle: LabelBundle): void {
  for (const { asset } of bundle.post.parts) {
    if (asset === null || asset.state !== "ready") continue;
    const cover = asset.urls["cover"];
    if (cover !== undefined) new Image().src = cover;
    if (asset.urls["frame_table"] !== undefined) queries.query(frameTableQuery(asset)).catch(() => undefined);
    if (asset.urls["peaks"] !== undefined && asset.kind === "audio") queries.query(peaksQuery(asset)).catch(() => undefined);
  }
}
