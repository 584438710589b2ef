import { api, taken } from "@/api/client";
import type { components } from "@/api/schema";
import { send } from "@/api/transport";
import type { DraftDocument } from "@/editor/labelDocument";
import type { LabelBundle } from "../bundle";
import type { OutboxEntry } from "./journal";

type ViewInput = components["schemas"]["ViewInputRequest"];

/** The next task's lease; null when nothing is left for this person. */
export async function takeNext(projectId: string, holding: readonly string[]): Promise<string | null> {
  const { data } = await api.POST("/api/projects/{project_id}/queue/next/", {
    params: { path: { project_id: projectId } },
    body: { kind: "label", holding: [...holding].slice(0, 5) },
  });
  return data?.lease.id ?? null;
}

export function loadBundle(leaseId: string): Promise<LabelBundle> {
  return taken(api.GET("/api/leases/{lease_id}/label/", { params: { path: { lease_id: leaseId } } }));
}

export async function saveDraft(leaseId: string, document: DraftDocument, version: number): Promise<number> {
  const saved = await taken(
    api.PUT("/api/leases/{lease_id}/draft/", {
      params: { path: { lease_id: leaseId } },
      body: { document: { ...document }, version },
    }),
  );
  return saved.version;
}

export function submitAnswer(entry: OutboxEntry): Promise<unknown> {
  // Sent by hand: the document's type is the editor's own, which the server checks against its models.
  return send("POST", `/api/leases/${entry.leaseId}/annotation/`, {
    id: entry.submissionId,
    document: entry.document,
    active_ms: entry.activeMs,
    supersedes_id: entry.supersedesId,
  });
}

export async function tellViews(projectId: string, views: ViewInput[]): Promise<void> {
  await api.POST("/api/projects/{project_id}/views/", {
    params: { path: { project_id: projectId } },
    body: { views },
  });
}
