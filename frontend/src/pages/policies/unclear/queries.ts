import { queryOptions } from "@tanstack/react-query";
import { api, taken } from "@/api/client";
import type { components } from "@/api/schema";

type Schemas = components["schemas"];

export type UnclearClause = Schemas["UnclearClauseOutput"];
export type UnclearPart = Schemas["UnclearPartOutput"];
export type ClauseSplits = Schemas["ClauseSplitsOutput"];
export type SplitGroup = Schemas["SplitGroupOutput"];
export type SplitPost = Schemas["SplitPostOutput"];

export interface UnclearChoice {
  /** Null: the releases in effect. */
  readonly releaseId: string | null;
  readonly language: string | null;
}

const queryOf = ({ releaseId, language }: UnclearChoice) => ({
  ...(releaseId === null ? {} : { release_id: releaseId }),
  ...(language === null ? {} : { language }),
});

/** The ranking reads every answer, which takes seconds of a million: for `useMeasured`. */
export const unclearRead = (projectId: string, choice: UnclearChoice) => ({
  queryKey: ["unclear", projectId, choice],
  read: (isCurrent: boolean) =>
    taken(
      api.GET("/api/projects/{project_id}/unclear/", {
        params: { path: { project_id: projectId }, query: { ...queryOf(choice), current: isCurrent } },
      }),
    ),
});

export const splitsQuery = (projectId: string, clauseKey: string, choice: UnclearChoice) =>
  queryOptions({
    queryKey: ["unclear", projectId, choice, clauseKey],
    queryFn: () =>
      taken(
        api.GET("/api/projects/{project_id}/unclear/{clause_key}/", {
          params: { path: { project_id: projectId, clause_key: clauseKey }, query: queryOf(choice) },
        }),
      ),
  });
