import { api, taken } from "@/api/client";
import { send } from "@/api/transport";
import type { FinishedAnswer } from "@/work/journal";
import type { ComparisonBundle } from "./bundle";
import type { Judgment, JudgmentDocument } from "./judgment";

/** A finished judgment, with what it would become again if the server refused it. */
export interface JudgmentLetter extends FinishedAnswer {
  readonly name: string;
  readonly document: JudgmentDocument;
  readonly judgment: Judgment;
  readonly activeMs: number;
  readonly draftVersion: number;
  /** The earlier judgment of this person that it corrects. */
  readonly supersedesId: string | null;
}

export async function takeNext(projectId: string, holding: readonly string[]): Promise<string | null> {
  const { data } = await api.POST("/api/projects/{project_id}/queue/next/", {
    params: { path: { project_id: projectId } },
    body: { kind: "compare", holding: [...holding].slice(0, 5) },
  });
  return data?.lease.id ?? null;
}

export function loadBundle(leaseId: string): Promise<ComparisonBundle> {
  return taken(api.GET("/api/leases/{lease_id}/comparison/", { params: { path: { lease_id: leaseId } } }));
}

export function submitJudgment(letter: JudgmentLetter): Promise<unknown> {
  // Sent by hand: the document's type is this page's own, which the server checks against its models.
  return send("POST", `/api/leases/${letter.leaseId}/judgment/`, {
    id: letter.submissionId,
    document: letter.document,
    active_ms: letter.activeMs,
    supersedes_id: letter.supersedesId,
  });
}
