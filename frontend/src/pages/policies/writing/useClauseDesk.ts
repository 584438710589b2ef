import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState, useSyncExternalStore } from "react";
import { api, taken } from "@/api/client";
import { isProblem } from "@/api/problem";
import type { Clause, ClauseText, Release } from "../shapes";
import { ClauseDesk, NoPlace, OtherVersion, type SaveBody } from "./ClauseDesk";

async function saveClause(releaseId: string, key: string, body: SaveBody): Promise<Clause> {
  try {
    return await taken(
      api.PUT("/api/releases/{release_id}/clauses/{key}/", { params: { path: { release_id: releaseId, key } }, body }),
    );
  } catch (error) {
    if (isProblem(error, "clause_version_conflict")) {
      throw new OtherVersion(error.fields["theirs"] as ClauseText, Number(error.fields["version"]));
    }
    if (isProblem(error, "clause_not_found") || isProblem(error, "release_not_draft")) throw new NoPlace(error.message);
    throw error;
  }
}

/** The desk of one draft, following what the server says and warning before unsaved text is left behind. */
export function useClauseDesk(release: Release) {
  const queries = useQueryClient();
  const [desk] = useState(
    () =>
      new ClauseDesk({
        save: (key, body) => saveClause(release.id, key, body),
        onSaved: () => void queries.invalidateQueries({ queryKey: ["release", release.id] }),
      }),
  );
  useEffect(() => desk.adopt(release.clauses), [desk, release.clauses]);
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent): void => {
      if (desk.isUnsaved) event.preventDefault();
    };
    window.addEventListener("beforeunload", warn);
    return () => {
      window.removeEventListener("beforeunload", warn);
      void desk.flush();
    };
  }, [desk]);
  const entries = useSyncExternalStore(desk.subscribe, desk.snapshot);
  return { desk, entries };
}
