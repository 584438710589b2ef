import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { api, taken } from "@/api/client";
import { announce, announceProblem } from "@/ui";
import { releaseChanged } from "./queries";
import type { Release } from "./shapes";
import type { ClauseDesk } from "./writing/ClauseDesk";

/** The steps of a release that need no dialog. */
export function useReleaseSteps(release: Release, desk: ClauseDesk) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const path = { params: { path: { release_id: release.id } } };
  const changed = () => releaseChanged(queries, release.id, release.policy.id);
  const submit = useMutation({
    mutationFn: async () => {
      // What was typed a moment ago belongs to the text that is handed in.
      await desk.flush();
      return desk.isUnsaved ? null : taken(api.POST("/api/releases/{release_id}/submit/", path));
    },
    onSuccess: async (handedIn) => {
      announce(
        handedIn === null
          ? "Not handed in: a clause is not saved yet. Its page says why."
          : "Handed in. Somebody who did not write it can approve it now.",
      );
      await changed();
    },
    onError: announceProblem,
  });
  const withdraw = useMutation({
    mutationFn: () => taken(api.POST("/api/releases/{release_id}/withdraw/", path)),
    onSuccess: changed,
    onError: announceProblem,
  });
  const draft = useMutation({
    mutationFn: () =>
      taken(
        api.POST("/api/policies/{policy_id}/releases/", {
          params: { path: { policy_id: release.policy.id } },
          body: { based_on_id: release.id },
        }),
      ),
    onSuccess: async (made) => {
      await queries.invalidateQueries({ queryKey: ["policy", release.policy.id] });
      void navigate({ to: `/p/${release.policy.project_id}/releases/${made.id}` });
    },
    onError: announceProblem,
  });
  const discard = useMutation({
    mutationFn: () => api.DELETE("/api/releases/{release_id}/", path),
    onSuccess: async () => {
      announce("The draft is discarded.");
      await Promise.all([
        queries.invalidateQueries({ queryKey: ["policy", release.policy.id] }),
        queries.invalidateQueries({ queryKey: ["policies"] }),
      ]);
      void navigate({ to: `/p/${release.policy.project_id}/policies/${release.policy.id}` });
    },
    onError: announceProblem,
  });
  return { submit, withdraw, draft, discard };
}
