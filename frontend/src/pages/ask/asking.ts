import { api, taken } from "@/api/client";
import type { components } from "@/api/schema";
import type { Asked } from "./AskForm";

export interface Wish {
  readonly releaseId: string;
  readonly clauseKeys: readonly string[];
  /** Null: as many as the project says, clause by clause. */
  readonly overlap: number | null;
  readonly limit: number | null;
  readonly language: string;
  readonly partKind: string;
  /** What the answers to pairs are for; "oldest" asks about what waits longest. */
  readonly aim: PairAim;
  readonly form: AskedForm;
}

export type AskedForm = components["schemas"]["CompareTasksInputRequest"]["form"];

export const askedForms: readonly { readonly value: AskedForm; readonly label: string }[] = [
  { value: "pair", label: "Which of two is better" },
  { value: "ranking", label: "The order of several" },
  { value: "best_worst", label: "The best and the worst of several" },
  { value: "best", label: "The best of several" },
  { value: "rating", label: "How good each is, alone" },
];

export type PairAim = "oldest" | "order" | "top" | "violations";

export const pairAims: readonly { readonly value: PairAim; readonly label: string }[] = [
  { value: "oldest", label: "Those that wait longest" },
  { value: "order", label: "Those that tell most about the order of the models" },
  { value: "top", label: "Those that tell most about the best three" },
  { value: "violations", label: "Those most likely to break the policy" },
];

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
        ...(wish.overlap === null ? {} : { overlap: wish.overlap }),
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
        overlap: wish.overlap ?? 1,
        limit: wish.limit,
        priority: 0,
        assessment_is_required: false,
        form: wish.form,
        ...(wish.form !== "pair" || wish.aim === "oldest" ? {} : { choosing: { aim: wish.aim, top: 3, random_share: 0.1, seed: 0 } }),
      },
    }),
  );
}
