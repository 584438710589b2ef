import { useEffect, useState } from "react";
import { api, taken } from "@/api/client";
import { isProblem } from "@/api/problem";

const RENEW_EVERY_MS = 45_000;

/** Whatever knows which leases a page holds. */
interface Holder {
  readonly held: readonly string[];
  /** Forget a task ahead whose hold has ended. */
  drop(leaseId: string): void;
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

/** Keep a draft on the server, grown from the version named; resolves with its new one. */
export async function saveDraft(leaseId: string, document: object, version: number): Promise<number> {
  const saved = await taken(
    api.PUT("/api/leases/{lease_id}/draft/", {
      params: { path: { lease_id: leaseId } },
      body: { document: { ...document }, version },
    }),
  );
  return saved.version;
}

/** Why a page holds a task no longer: its time ran out, or its person answered it in another tab or on another device. */
export type Ended = "over" | "answered";

function endedBy(error: unknown): Ended | null {
  if (isProblem(error, "submitted_already")) return "answered";
  return isProblem(error, "lease_over") ? "over" : null;
}

/** Keeps what this page holds from running out while it is open; tells which holds have ended, and why. */
export function useHeartbeat(queue: Holder): ReadonlyMap<string, Ended> {
  const [known, setKnown] = useState<ReadonlyMap<string, Ended>>(new Map());
  useEffect(() => {
    const ended = new Map<string, Ended>();
    const beat = (): void => {
      for (const leaseId of queue.held) {
        if (ended.has(leaseId)) continue;
        renewLease(leaseId).catch((error: unknown) => {
          const why = endedBy(error);
          if (why === null) return;
          queue.drop(leaseId);
          ended.set(leaseId, why);
          setKnown(new Map(ended));
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
  return known;
}
