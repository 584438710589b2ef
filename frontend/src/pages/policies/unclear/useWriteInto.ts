import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { api, taken } from "@/api/client";
import { postQuery } from "@/pages/content/postQuery";
import { announceProblem, useProjectId } from "@/ui";
import { anonymised, leaveForWriting, type Material } from "@/work/writeInto";
import { policyQuery } from "../queries";
import type { SplitPost, UnclearClause } from "./queries";

export type WriteAs = Material["block"];

/** Open the policy's draft, or begin one, at the clause, with the post written into it; its words name nobody. */
export function useWriteInto(clause: UnclearClause, split: SplitPost) {
  const projectId = useProjectId();
  const navigate = useNavigate();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (as: WriteAs) => {
      const policy = await queries.query({ ...policyQuery(clause.policy_id), staleTime: 0 });
      const open = policy.releases.find((release) => release.state === "draft");
      const draft =
        open ??
        (await taken(
          api.POST("/api/policies/{policy_id}/releases/", {
            params: { path: { policy_id: clause.policy_id } },
            body: { based_on_id: policy.current?.id ?? clause.release_id },
          }),
        ));
      const post = await queries.query(postQuery(split.post_id));
      const words = anonymised(post.parts.flatMap(({ text }) => (text === null || text === "" ? [] : [text])).join("\n\n"));
      const media = post.parts.flatMap(({ asset }) => (asset === null ? [] : [{ asset_id: asset.id, note: "" }]));
      return { draftId: draft.id, token: leaveForWriting(materialOf(as, clause, split, words, media)) };
    },
    onSuccess: ({ draftId, token }) => void navigate({ to: `/p/${projectId}/releases/${draftId}`, search: { clause: clause.clause_key, write: token } }),
    onError: announceProblem,
  });
}

function materialOf(
  as: WriteAs,
  clause: UnclearClause,
  split: SplitPost,
  words: string,
  media: readonly { readonly asset_id: string; readonly note: string }[],
): Material {
  const said = split.gaps.map(anonymised).join("\n\n");
  if (as === "interpretation") {
    const about = split.votes.map(({ label, votes }) => `${votes} ${label}`).join(", ");
    return { clauseKey: clause.clause_key, block: as, text: said === "" ? `People answered a post apart (${about}):\n\n> ${words.replaceAll("\n", "\n> ")}` : said, item: null };
  }
  return {
    clauseKey: clause.clause_key,
    block: as,
    text: "",
    item: { text: words, ruling: split.decided ?? "", why: said, severity: null, media, postId: split.post_id },
  };
}
