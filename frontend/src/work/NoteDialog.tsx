import { Modal, Select } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "@/api/client";
import { announce, WordsForm } from "@/ui";

export type NoteKind = "comment" | "question";

/** A clause a note can be about. */
interface Topic {
  readonly key: string;
  readonly title: string;
}

const words = {
  comment: {
    title: "Comment on this post",
    label: "Your comment",
    about: "Reviewers can read it beside your answer.",
    confirm: "Keep the comment",
    done: "Your comment is kept.",
  },
  question: {
    title: "Ask a policy expert",
    label: "Your question",
    about: "Policy experts and reviewers see it listed. You can go on meanwhile; the answer appears under your own work.",
    confirm: "Ask",
    done: "Your question is listed for the policy experts.",
  },
} as const;

/** Write beside a task: a comment, or a question to those who keep the policy. */
export function NoteDialog({
  kind,
  leaseId,
  topics,
  topic,
  onClose,
}: {
  /** `null` when it is closed. */
  kind: NoteKind | null;
  leaseId: string;
  topics: readonly Topic[];
  /** The clause it is about at first. */
  topic: string;
  onClose: () => void;
}) {
  return (
    <Modal opened={kind !== null} onClose={onClose} title={kind === null ? "" : words[kind].title}>
      {kind !== null && <NoteForm kind={kind} leaseId={leaseId} topics={topics} topic={topic} onClose={onClose} />}
    </Modal>
  );
}

function NoteForm({
  kind,
  leaseId,
  topics,
  topic,
  onClose,
}: {
  kind: NoteKind;
  leaseId: string;
  topics: readonly Topic[];
  topic: string;
  onClose: () => void;
}) {
  const queries = useQueryClient();
  const [text, setText] = useState("");
  const [about, setAbout] = useState(topic);
  const write = useMutation({
    mutationFn: () =>
      api.POST("/api/leases/{lease_id}/notes/", {
        params: { path: { lease_id: leaseId } },
        body: { kind, text, clause_key: about },
      }),
    onSuccess: () => {
      announce(words[kind].done);
      onClose();
      void queries.invalidateQueries({ queryKey: ["notes"] });
    },
  });
  return (
    <WordsForm
      action={write}
      label={words[kind].label}
      description={words[kind].about}
      confirm={words[kind].confirm}
      text={text}
      onText={setText}
      isFirst
      onCancel={onClose}
    >
      <Select
        label="About"
        allowDeselect={false}
        data={[{ value: "", label: "The post as a whole" }, ...topics.map(({ key, title }) => ({ value: key, label: title }))]}
        value={about}
        onChange={(value) => setAbout(value ?? "")}
      />
    </WordsForm>
  );
}
