import { api, taken } from "@/api/client";
import type { Asked } from "./AskForm";

export interface Wish {
  readonly releaseId: string;
  readonly clauseKeys: readonly string[];
  readonly overlap: number;
  readonly limit: number | null;
  readonly language: string;
  readonly partKind: string;
}

/** Make the tasks: few at once, many by a job. */
export async function askFor(kind: Asked, projectId: string, wish: Wish): Promise<{ isJob: boolean; created: number }> {
  const made = kind === "label" ? await labels(projectId, wish) : await judgments(projectId, wish);
  return "created" in made ? { isJob: false, created: made.created } : { isJob: true, created: 0 };
}

function labels(projectId: string, wish: Wish) {
  return taken(
    api.POST("/api/projects/{project_id}/label-tasks/", {
      params: { path: { project_id: projectId } },
      body: {
        release_id: wish.releaseId,
        clause_keys: [...wish.clauseKeys],
        overlap: wish.overlap,
        priority: 0,
        posts: {
          kind: wish.partKind,
          language: wish.language,
          source: "",
          group_key: "",
          text: "",
          limit: wish.limit,
          skip_asked: true,
        },
      },
    }),
  );
}

function judgments(projectId: string, wish: Wish) {
  return taken(
    api.POST("/api/projects/{project_id}/compare-tasks/", {
      params: { path: { project_id: projectId } },
      body: {
        release_id: wish.releaseId,
        clause_keys: [...wish.clauseKeys],
        overlap: wish.overlap,
        limit: wish.limit,
        priority: 0,
        assessment_is_required: false,
      },
    }),
  );
}
