import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, taken } from "@/api/client";
import { isProblem } from "@/api/problem";
import { announce, announceProblem } from "@/ui";
import type { Suspect } from "../queries";
import { boxOutcomeWords, outcomeWords } from "../wording";

export type Verdict =
  | { readonly outcome: "confirmed" | "dismissed" }
  | { readonly outcome: "changed"; readonly answer: string; readonly severity: number | null; readonly changes_twin: boolean }
  /** A box was wrong: there is no answer to change. */
  | { readonly outcome: "redrawn" }
  | { readonly outcome: "asked" };

/** Send what the person made of a suspect; `onSettled` hears of it once it needs no more looking at. */
export function useVerdict(suspect: Suspect, onSettled: () => void) {
  const queries = useQueryClient();
  const refresh = (): void => {
    void queries.invalidateQueries({ queryKey: ["scan", suspect.scan_id] });
  };
  return useMutation({
    mutationFn: (verdict: Verdict) => send(suspect.id, verdict),
    onSuccess: (_, verdict) => {
      announce(verdict.outcome === "asked" ? "People are asked about it." : `${suspect.external_id}: ${saidWords(suspect, verdict).toLowerCase()}.`);
      refresh();
      onSettled();
    },
    onError: (error) => {
      announceProblem(error);
      if (isProblem(error, "suspect_reviewed") || isProblem(error, "suspect_asked")) {
        refresh();
        onSettled();
      }
    },
  });
}

function saidWords({ kind }: Suspect, verdict: Exclude<Verdict, { outcome: "asked" }>): string {
  const words = kind === "region" ? boxOutcomeWords : outcomeWords;
  return words[verdict.outcome === "redrawn" ? "changed" : verdict.outcome];
}

function send(suspectId: string, verdict: Verdict): Promise<Suspect> {
  const params = { path: { suspect_id: suspectId } };
  if (verdict.outcome === "asked") return taken(api.POST("/api/suspects/{suspect_id}/task/", { params, body: { slots: 1 } }));
  if (verdict.outcome === "redrawn") {
    return taken(api.POST("/api/suspects/{suspect_id}/review/", { params, body: { outcome: "changed", reason: "", changes_twin: false } }));
  }
  return taken(api.POST("/api/suspects/{suspect_id}/review/", { params, body: { reason: "", changes_twin: false, ...verdict } }));
}
