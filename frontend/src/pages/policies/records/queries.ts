import { queryOptions } from "@tanstack/react-query";
import { api, taken } from "@/api/client";
import type { components } from "@/api/schema";
import type { RecordsPlace } from "./place";

export type ListedRecord = components["schemas"]["ListedRecordOutput"];
export type RecordsCount = components["schemas"]["RecordsCountOutput"];

const decisions = "decisions,comparison decisions,rating decisions";

export function recordsPage(releaseId: string, place: RecordsPlace, cursor: string | undefined) {
  const { against, noun, becomes, clause, language, severity } = place;
  const query = {
    against: against ?? undefined,
    nouns: becomes === null ? (noun ?? undefined) : decisions,
    becomes: becomes ?? undefined,
    clause: clause ?? undefined,
    language: language ?? undefined,
    severity: severity ?? undefined,
    cursor,
  };
  return taken(api.GET("/api/releases/{release_id}/records/", { params: { path: { release_id: releaseId }, query } }));
}

/** How many there are of each noun, clause, language and severity: what the list may be narrowed to. */
export const recordsCountQuery = (releaseId: string, { against, becomes }: RecordsPlace) =>
  queryOptions({
    queryKey: ["release", releaseId, "records-count", against, becomes],
    queryFn: () =>
      taken(
        api.GET("/api/releases/{release_id}/records/counts/", {
          params: { path: { release_id: releaseId }, query: { against: against ?? undefined, becomes: becomes ?? undefined } },
        }),
      ),
    staleTime: 60_000,
  });
