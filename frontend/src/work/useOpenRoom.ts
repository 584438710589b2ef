import { useEffect } from "react";

interface Queue {
  open(leaseId?: string): Promise<void>;
  stop(): void;
}

interface Outbox {
  start(): () => void;
  ready(): Promise<void>;
}

/** Open a room of work for as long as its page is there, at the task that `?lease=` names, or at the next one. */
export function useOpenRoom(queue: Queue, outbox: Outbox): void {
  useEffect(() => {
    const stopOutbox = outbox.start();
    let isHere = true;
    // What was answered before and is not sent yet must be known before anything is asked for.
    void outbox.ready().then(() => {
      if (isHere) void queue.open(new URLSearchParams(window.location.search).get("lease") ?? undefined);
    });
    return () => {
      isHere = false;
      queue.stop();
      stopOutbox();
    };
  }, [queue, outbox]);
}
