import { queryOptions } from "@tanstack/react-query";
import { api, taken } from "@/api/client";
import type { Beginning, Document, KnownClause, Said } from "./known";

/** The gold made of a post, which is one at most. */
export function goldOfPostQuery(projectId: string, postId: string) {
  return queryOptions({
    queryKey: ["gold", projectId, "of", postId],
    queryFn: () =>
      taken(api.GET("/api/projects/{project_id}/gold/", { params: { path: { project_id: projectId }, query: { post_id: postId } } })),
  });
}

/** The releases in effect, as choices. */
export function releasesForGoldQuery(projectId: string) {
  return queryOptions({
    queryKey: ["policies", projectId, "for gold"],
    queryFn: async () => {
      const page = await taken(
        api.GET("/api/projects/{project_id}/policies/", { params: { path: { project_id: projectId }, query: { page_size: 200 } } }),
      );
      return page.results.flatMap(({ title, current }) =>
        current === null ? [] : [{ value: current.id, label: `${title} (${current.label})` }],
      );
    },
  });
}

/** The questions of a release. */
export function knownClausesQuery(releaseId: string) {
  return queryOptions({
    queryKey: ["release", releaseId, "questions"],
    queryFn: async (): Promise<readonly KnownClause[]> => {
      const release = await taken(api.GET("/api/releases/{release_id}/", { params: { path: { release_id: releaseId } } }));
      return release.clauses
        .filter(({ document }) => document.kind === "verdict")
        .map(({ key, meaning_revision, document }) => ({
          key,
          title: document.title,
          answers: document.answers,
          severities: document.severities,
          meaning: meaning_revision,
        }));
    },
  });
}

interface SaidOf {
  readonly key: string;
  readonly meaning: number;
  readonly said: Said;
}

/** What stands decided on a post, with how many of its marks more than half meant. */
export function saidQuery(postId: string) {
  return queryOptions({
    queryKey: ["post-answers", postId, "decided"],
    queryFn: async (): Promise<readonly SaidOf[]> => {
      const { decisions } = await taken(api.GET("/api/posts/{post_id}/answers/", { params: { path: { post_id: postId } } }));
      return decisions.flatMap((row) => {
        if (!row.is_current || row.answer === null) return [];
        const meant = row.evidence.filter((merged) => merged.support * 2 > merged.of || merged.of === 1);
        const said = { answer: row.answer, severity: row.severity, reason: row.reason, marks: [], markCount: meant.length };
        return [{ key: row.clause_key, meaning: row.meaning_revision, said }];
      });
    },
  });
}

/** One's own answer as a beginning, its marks along. */
export function fromOwnAnswer(document: Document): Beginning {
  const said = document.verdicts.map(({ clause_key: key, answer, severity, reason, evidence }): [string, Said] => {
    const marks = evidence ?? [];
    return [key, { answer, severity: severity ?? null, reason: reason ?? "", marks, markCount: marks.length }];
  });
  return { from: "own", said: new Map(said) };
}
