import { fromLabelDocument, type LabelDocument } from "@/editor/labelDocument";
import { saveDraft } from "@/work/leases";
import * as work from "@/work/workQueue";
import type { LabelBundle } from "./bundle";
import { loadBundle, takePosts } from "./keeping/calls";
import type { Journal } from "./keeping/journal";
import { TaskSession } from "./keeping/session";

export type OpenTask = work.OpenTask<LabelBundle, TaskSession>;

/** Which post is on the screen, and the ones after it. */
export class WorkQueue extends work.WorkQueue<LabelBundle, TaskSession> {
  constructor(
    projectId: string,
    personId: string,
    journal: Journal,
    holdingMore: () => readonly string[],
    warm: (bundle: LabelBundle) => void,
  ) {
    super({
      take: (holding, count) => takePosts(projectId, holding, count),
      load: loadBundle,
      open: (bundle) => opened(bundle, personId, journal),
      holdingMore,
      warm,
    });
  }
}

async function opened(bundle: LabelBundle, personId: string, journal: Journal): Promise<TaskSession> {
  const leaseId = bundle.lease.id;
  const sent = bundle.submission;
  const start = {
    leaseId,
    personId,
    serverDraft: bundle.draft,
    sent: sent === null ? null : fromLabelDocument(sent.document as LabelDocument),
    local: await journal.read(leaseId, personId),
  };
  return new TaskSession(start, { journal, saveDraft });
}
