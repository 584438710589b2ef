import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { api, taken } from "@/api/client";
import { send } from "@/api/transport";
import { releaseQuery } from "../queries";
import type { Release } from "../shapes";

const everyMs = 8000;

/**
 * Tells the others that this page has the draft open and on which clause, and reads again what they saved or said.
 * Returns who else is there.
 */
export function useDraftNews(release: Release, clauseKey: string) {
  const queries = useQueryClient();
  const isOpen = release.state === "draft" || release.state === "in_review";
  const seen = useRef<{ text: string; talk: string; state: string } | null>(null);
  const news = useQuery({
    queryKey: ["presence", release.id, clauseKey],
    queryFn: () =>
      taken(
        api.POST("/api/releases/{release_id}/presence/", {
          params: { path: { release_id: release.id } },
          body: { clause_key: clauseKey },
        }),
      ),
    enabled: isOpen,
    refetchInterval: everyMs,
    gcTime: 0,
    retry: false,
    placeholderData: (before) => before,
  });
  useEffect(() => {
    const data = news.data;
    if (data === undefined) return;
    const before = seen.current;
    seen.current = { text: data.text_mark, talk: data.talk_mark, state: data.state };
    if (before === null) return;
    if (before.text !== data.text_mark || before.state !== data.state) {
      void queries.invalidateQueries({ queryKey: releaseQuery(release.id).queryKey, exact: true });
      void queries.invalidateQueries({ queryKey: ["release", release.id, "versions"] });
    }
    if (before.talk !== data.talk_mark || before.text !== data.text_mark) {
      void queries.invalidateQueries({ queryKey: ["release", release.id, "discussion"] });
      void queries.invalidateQueries({ queryKey: ["release", release.id, "reviewers"] });
    }
  }, [news.data, queries, release.id]);
  useEffect(() => {
    if (!isOpen) return undefined;
    const leave = (): void => {
      send("POST", `/api/releases/${release.id}/presence/`, { is_leaving: true }, { keepalive: true }).catch(() => undefined);
    };
    window.addEventListener("pagehide", leave);
    return () => {
      window.removeEventListener("pagehide", leave);
      leave();
    };
  }, [isOpen, release.id]);
  return news.data?.people ?? [];
}

export type PresentPeople = ReturnType<typeof useDraftNews>;
