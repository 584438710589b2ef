import { useMutation } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { api } from "@/api/client";
import { announce, announceProblem, useConfirm } from "@/ui";
import { NoteDialog, type NoteKind } from "@/work/NoteDialog";
import type { LabelBundle } from "./bundle";

/** What a person can do beside answering: write a note, or take the post out of everybody's sight. */
export interface Beside {
  readonly askToHide: () => void;
  readonly write: (kind: NoteKind) => void;
}

/** `const [beside, dialogs] = useBeside(...)`, render `dialogs`. Hiding goes on to the next post. */
export function useBeside(bundle: LabelBundle, activeKey: string, onHidden: () => void): [Beside, ReactNode] {
  const [kind, setKind] = useState<NoteKind | null>(null);
  const [ask, confirmDialog] = useConfirm();
  const hide = useMutation({
    mutationFn: () =>
      api.POST("/api/posts/{post_id}/hide/", {
        params: { path: { post_id: bundle.post.id } },
        body: { reason: "May be illegal to hold" },
      }),
    onSuccess: () => {
      announce("The post is hidden from everybody.");
      onHidden();
    },
    onError: announceProblem,
  });
  const askToHide = (): void =>
    ask({
      title: "Hide this post from everybody?",
      text: "It disappears at once, for all roles, from lists, tasks and exports. Nobody has to look at it again. It cannot be brought back from here.",
      confirm: "Hide it",
      isDangerous: true,
      onConfirm: () => hide.mutate(),
    });
  const dialogs = (
    <>
      {confirmDialog}
      <NoteDialog
        kind={kind}
        leaseId={bundle.lease.id}
        topics={bundle.clauses}
        topic={activeKey}
        onClose={() => setKind(null)}
      />
    </>
  );
  return [{ askToHide, write: setKind }, dialogs];
}
