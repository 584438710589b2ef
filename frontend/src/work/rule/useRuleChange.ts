import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { api, taken } from "@/api/client";

/** What there is to know of a task of any room of work. */
interface TaskUnderRelease {
  readonly release: { readonly id: string };
  readonly task: { readonly project_id: string };
  readonly lease: { readonly id: string };
}

/** The release a person worked under before this one. */
export interface FormerRelease {
  readonly id: string;
  readonly label: string;
}

/**
 * The former release, when this task is the first under a newer one. The server keeps what each person was told: it is
 * told with this task and not again, in no other room or browser either. Where the server cannot be asked, the next task asks.
 */
export function useRuleChange({ release, task, lease }: TaskUnderRelease): FormerRelease | null {
  const path = { project_id: task.project_id, release_id: release.id };
  const { data } = useQuery({
    queryKey: ["rule-change", path.project_id, path.release_id],
    queryFn: async () => ({
      ...(await taken(api.GET("/api/projects/{project_id}/rule-changes/{release_id}/", { params: { path } }))),
      toldWith: lease.id,
    }),
    staleTime: Infinity,
    gcTime: Infinity,
    retry: false,
  });
  const isNews = data !== undefined && !data.is_told && data.toldWith === lease.id;
  const { project_id, release_id } = path;
  useEffect(() => {
    if (!isNews) return;
    const kept = api.PUT("/api/projects/{project_id}/rule-changes/{release_id}/", { params: { path: { project_id, release_id } } });
    // What could not be kept is told once more, another day.
    kept.catch(() => undefined);
  }, [isNews, project_id, release_id]);
  return isNews ? data.former : null;
}
