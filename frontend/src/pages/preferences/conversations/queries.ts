import { api, taken } from "@/api/client";
import type { components } from "@/api/schema";

type Schemas = components["schemas"];

export type Tree = Schemas["ConversationTreeOutput"];
export type Turn = Schemas["TreeTurnOutput"];
export type TurnAtDesk = Schemas["TurnAtDeskOutput"];
export type Position = Schemas["ResponseAtDeskOutput"]["position"];
export type Conversation = Schemas["ConversationOutput"];
export type WaitingPrompt = Schemas["WaitingPromptOutput"];

/** What is said next: words of one's own, or a turn that is there; and what one would answer, if anything. */
export interface Said {
  readonly text: string;
  readonly promptId: string | null;
  readonly reply: string;
}

export const treeQuery = (promptId: string) => ({
  queryKey: ["conversation", promptId],
  queryFn: () => taken(api.GET("/api/conversations/{prompt_id}/", { params: { path: { prompt_id: promptId } } })),
});

export const turnQuery = (leaseId: string) => ({
  queryKey: ["turn-at-desk", leaseId],
  queryFn: () => taken(api.GET("/api/leases/{lease_id}/turn/", { params: { path: { lease_id: leaseId } } })),
  retry: false,
});

export function goOnAtDesk(leaseId: string, position: Position, { text, promptId, reply }: Said) {
  return taken(
    api.POST("/api/leases/{lease_id}/turn/", {
      params: { path: { lease_id: leaseId } },
      body: { position, text, prompt_id: promptId, reply },
    }),
  );
}

export function goOnInTree(promptId: string, responseId: string, { text, promptId: takenId, reply }: Said) {
  return taken(
    api.POST("/api/conversations/{prompt_id}/", {
      params: { path: { prompt_id: promptId } },
      body: { response_id: responseId, text, prompt_id: takenId, reply },
    }),
  );
}

export function conversationsPage(projectId: string, cursor: string | undefined) {
  return taken(
    api.GET("/api/projects/{project_id}/conversations/", {
      params: { path: { project_id: projectId }, query: cursor === undefined ? {} : { cursor } },
    }),
  );
}

export function waitingPage(projectId: string, cursor: string | undefined) {
  return taken(
    api.GET("/api/projects/{project_id}/waiting-prompts/", {
      params: { path: { project_id: projectId }, query: cursor === undefined ? {} : { cursor } },
    }),
  );
}
