import { askSecondLook } from "../keeping/calls";
import type { Outbox } from "../keeping/outbox";

/** So long a person is kept from the next post, at most, to learn whether there is something to look at again. */
const WAIT_MS = 4_000;

/** Once the answer is with the server: whether a model has something to show. False when that takes too long. */
export async function hasSecondLook(outbox: Outbox, submissionId: string, leaseId: string): Promise<boolean> {
  try {
    return (await isSent(outbox, submissionId)) && (await askSecondLook(leaseId));
  } catch {
    // The answer is stored or on its way; the second look is not worth waiting for.
    return false;
  }
}

function isSent(outbox: Outbox, submissionId: string): Promise<boolean> {
  return new Promise((resolve) => {
    const end = (sent: boolean): void => {
      stop();
      window.clearTimeout(timer);
      resolve(sent);
    };
    const look = (): void => {
      const { waiting, refused, isOffline } = outbox.snapshot();
      if (isOffline || refused.some(({ entry }) => entry.submissionId === submissionId)) end(false);
      else if (!waiting.some((entry) => entry.submissionId === submissionId)) end(true);
    };
    const stop = outbox.subscribe(look);
    const timer = window.setTimeout(() => end(false), WAIT_MS);
    look();
  });
}
