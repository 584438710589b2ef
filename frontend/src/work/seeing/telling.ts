import { api, taken } from "@/api/client";
import type { components } from "@/api/schema";
import { send } from "@/api/transport";
import type { OpenedLook } from "./lookLog";
import type { LookedAt } from "./shapes";
import type { ToldMode } from "./sights";

type BeatAnswer = components["schemas"]["BeatOutput"];

/** Note a look before anything is seen; refused while the person's work is closed. */
export function openLook(post: LookedAt, partId: string | null, mode: ToldMode): Promise<OpenedLook> {
  return taken(
    api.POST("/api/projects/{project_id}/reveals/", {
      params: { path: { project_id: post.projectId } },
      body: { post_id: post.postId, part_id: partId, lease_id: post.leaseId, mode, purpose: post.purpose },
    }),
  );
}

/** How long it is in view so far. The last one is sent even from a page that is leaving, which the usual client cannot. */
export async function beatLook(lookId: string, seconds: number, isOver: boolean): Promise<BeatAnswer> {
  const answer = await send("POST", `/api/reveals/${lookId}/beat/`, { seconds, is_over: isOver }, { keepalive: isOver });
  return answer as BeatAnswer;
}
