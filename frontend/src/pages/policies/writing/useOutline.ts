import { useMutation, useQueryClient } from "@tanstack/react-query";
import { showAnswer } from "@/api/answers";
import { api, taken } from "@/api/client";
import { isProblem } from "@/api/problem";
import { announce, announceProblem } from "@/ui";
import { releaseQuery } from "../queries";
import type { Clause, Release } from "../shapes";
import type { Place } from "./rearranging";

/** A change of the outline: from the places as they are to those wanted, null where there is nowhere to go. */
export type Move = (places: readonly Place[]) => Place[] | null;

export const placesIn = (release: Release): Place[] =>
  release.clauses.map(({ key, parent_key }) => ({ key, parent_key }));

/** Writes to the outline of a draft. Where somebody changed it meanwhile, the move is made on top of theirs. */
export function useOutline(release: Release) {
  const queries = useQueryClient();
  const refresh = () => queries.invalidateQueries({ queryKey: ["release", release.id] });
  const path = { release_id: release.id };
  const arrange = useMutation({
    mutationFn: async (move: Move) => {
      const fresh = (): Promise<Release> => taken(api.GET("/api/releases/{release_id}/", { params: { path } }));
      const send = (on: Release): Promise<Release> => {
        const outline = move(placesIn(on));
        if (outline === null) return Promise.resolve(on);
        return taken(api.PUT("/api/releases/{release_id}/outline/", { params: { path }, body: { version: on.version, outline } }));
      };
      try {
        return await send(release);
      } catch (error) {
        if (!isProblem(error, "release_version_conflict")) throw error;
        const moved = await send(await fresh());
        announce("Somebody changed this draft meanwhile; your move was made on top of theirs.");
        return moved;
      }
    },
    onSuccess: async (changed) => {
      await showAnswer(queries, releaseQuery(release.id).queryKey, changed);
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
