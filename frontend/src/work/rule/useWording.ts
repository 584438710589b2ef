import { queryOptions, useQueries, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { api, taken } from "@/api/client";
import { stalePassages, type Wordable, type Wording, worded } from "./wording";

/** How the clauses of a release read for this person; only those that are not in a language of theirs. */
export function wordingQuery(releaseId: string) {
  return queryOptions({
    queryKey: ["release", releaseId, "wording"],
    queryFn: (): Promise<readonly Wording[]> => taken(api.GET("/api/releases/{release_id}/wording/", { params: { path: { release_id: releaseId } } })),
    staleTime: Infinity,
  });
}

/** The questions of a task as this person reads them: what is asked, its answers and its severities. */
export function useOwnWords<C extends Wordable & { readonly key: string }>(releaseId: string, clauses: readonly C[]): (C & { readonly inLanguage?: InLanguage })[] {
  const { data } = useQuery(wordingQuery(releaseId));
  return useMemo(() => clauses.map((clause) => inOwnWords(clause, data?.find(({ key }) => key === clause.key))), [clauses, data]);
}

/** The same for clauses that were asked under different releases. */
export function useOwnWordsOfMany<C extends Wordable & { readonly key: string; readonly release_id: string }>(
  clauses: readonly C[],
): (C & { readonly inLanguage?: InLanguage })[] {
  const releases = [...new Set(clauses.map((clause) => clause.release_id))];
  const wordings = useQueries({
    queries: releases.map(wordingQuery),
    combine: (results) => results.flatMap(({ data }, at) => (data ?? []).map((wording) => ({ ...wording, releaseId: releases[at] }))),
  });
  return useMemo(
    () => clauses.map((clause) => inOwnWords(clause, wordings.find(({ key, releaseId }) => key === clause.key && releaseId === clause.release_id))),
    [clauses, wordings],
  );
}

/** A rule as this person reads it, and what they should know about its language. */
export function inOwnWords<C extends Wordable>(rule: C, wording: Wording | undefined): C & { readonly inLanguage?: InLanguage } {
  if (wording === undefined) return rule;
  const isOlder = stalePassages(rule, wording.passages).length > 0;
  return {
    ...worded(rule, wording.passages),
    inLanguage: { language: wording.language, source: wording.source_language, isOlder },
  };
}

export interface InLanguage {
  /** "" where there is no wording in a language of theirs. */
  readonly language: string;
  readonly source: string;
  /** Whether the source says something else by now in a passage that is shown. */
  readonly isOlder: boolean;
}
