import { useNavigate } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { announce } from "@/ui";
import { type Material, takeForWriting } from "@/work/writeInto";
import { type ClauseText, isExamples, type Release } from "../shapes";
import { blockAdded } from "./blocks";
import type { ClauseDesk } from "./ClauseDesk";

/** Writes what was left for this draft (`?write=`) into its clause once, as if it were typed here. */
export function useWritingInto(release: Release, desk: ClauseDesk, token: unknown): void {
  const navigate = useNavigate();
  const done = useRef<string | null>(null);
  useEffect(() => {
    if (typeof token !== "string" || done.current === token) return;
    done.current = token;
    const material = takeForWriting(token);
    if (material === null) return;
    const to = `/p/${release.policy.project_id}/releases/${release.id}`;
    if (!release.clauses.some((clause) => clause.key === material.clauseKey)) {
      announce("This draft has no such clause any more; nothing was written.");
      return;
    }
    desk.adopt(release.clauses);
    desk.write(material.clauseKey, (text) => withMaterial(text, material));
    announce("Written into the clause. Cut it down to what the rule should say.");
    void navigate({ to, search: { clause: material.clauseKey }, replace: true });
  }, [desk, navigate, release, token]);
}

/** The clause with a note at the end of its interpretation, or one more example; the block is added where it lacks. */
export function withMaterial(text: ClauseText, material: Material): ClauseText {
  const there = text.blocks.some((block) => block.type === material.block) ? text : blockAdded(text, material.block);
  let isDone = false;
  const blocks = there.blocks.map((block) => {
    if (isDone || block.type !== material.block) return block;
    isDone = true;
    if (isExamples(block)) {
      if (material.item === null) return block;
      const { text: words, ruling, why, severity, media } = material.item;
      return { ...block, items: [...block.items, { text: words, ruling, why, severity, media: [...media] }] };
    }
    return { ...block, text: block.text === "" ? material.text : `${block.text}\n\n${material.text}` };
  });
  return { ...there, blocks };
}
