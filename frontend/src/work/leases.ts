import { useEffect, useState } from "react";
import { api, taken } from "@/api/client";
import { isProblem } from "@/api/problem";

const RENEW_EVERY_MS = 45_000;

/** Whatever knows which leases a page holds. */
interface Holder {
  readonly held: readonly string[];
}

export async function renewLease(leaseId: string): Promise<string> {
  const lease = await taken(api.POST("/api/leases/{lease_id}/renew/", { params: { path: { lease_id: leaseId } } }));
  return lease.expires_at;
}

export async function releaseLease(leaseId: string, outcome: "skipped" | "declined", reason: string): Promise<void> {
  await api.POST("/api/leases/{lease_id}/release/", {
    params: { path: { lease_id: leaseId } },
    body: { outcome, reason },
  });
}

/** Keeps what this page holds from running out while it is open; tells which holds have ended. */
export function useHeartbeat(queue: Holder): ReadonlySet<string> {
  const [over, setOver] = useState<ReadonlySet<string>>(new Set());
  useEffect(() => {
    const beat = (): void => {
      for (const leaseId of queue.held) {
        renewLease(leaseId).catch((error: unknown) => {
          if (isProblem(error, "lease_over")) setOver((before) => new Set([...before, leaseId]));
        });
      }
    };
    const timer = window.setInterval(beat, RENEW_EVERY_MS);
    const onVisible = (): void => {
      if (document.visibilityState === "visible") beat();
    };
    document.addEventListener("visibilitychange", onVisible);
    window.addEventListener("online", beat);
    return () => {
      window.clearInterval(timer);
      document.removeEventListener("visibilitychange", onVisible);
      window.removeEventListener("online", beat);
    };
  }, [queue]);
  return over;
}
