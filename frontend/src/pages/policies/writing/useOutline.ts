import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, taken } from "@/api/client";
import { announceProblem } from "@/ui";
import { releaseQuery } from "../queries";
import type { Clause, Release } from "../shapes";
import type { Place } from "./rearranging";

/** Writes to the outline of a draft; a refused one shows the outline as it now is. */
export function useOutline(release: Release) {
  const queries = useQueryClient();
  const refresh = () => queries.invalidateQueries({ queryKey: ["release", release.id] });
  const path = { release_id: release.id };
  const arrange = useMutation({
    mutationFn: (outline: Place[]) =>
      taken(
        api.PUT("/api/releases/{release_id}/outline/", { params: { path }, body: { version: release.version, outline } }),
      ),
    onSuccess: (changed) => {
      queries.setQueryData(releaseQuery(release.id).queryKey, changed);
    },
    onError: async (error) => {
      announceProblem(error);
      await refresh();
    },
  });
  const remove = useMutation({
    mutationFn: (clause: Clause) =>
      api.DELETE("/api/releases/{release_id}/clauses/{key}/", {
        params: { path: { ...path, key: clause.key }, query: { version: clause.version } },
      }),
    onError: announceProblem,
    onSettled: refresh,
  });
  return { arrange, remove };
}
