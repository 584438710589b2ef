import { Modal, SegmentedControl, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api, taken } from "@/api/client";
import { ActionForm, refusalOf } from "@/ui";
import type { Clause, Release } from "../shapes";
import { keyFrom } from "../wording";

interface Props {
  release: Release;
  isOpen: boolean;
  onClose: () => void;
  onAdded: (key: string) => void;
}

/** Name a clause and choose what it is; the page opens with the blocks that it needs. */
export function AddClauseDialog(props: Props) {
  return (
    <Modal opened={props.isOpen} onClose={props.onClose} title="Add a clause">
      <AddForm {...props} />
    </Modal>
  );
}

function AddForm({ release, onClose, onAdded }: Props) {
  const queries = useQueryClient();
  const [kind, setKind] = useState<Clause["document"]["kind"]>("verdict");
  const [title, setTitle] = useState("");
  const [typedKey, setTypedKey] = useState<string | null>(null);
  const key = typedKey ?? keyFrom(title);
  const add = useMutation({
    mutationFn: () =>
      taken(
        api.POST("/api/releases/{release_id}/clauses/", {
          params: { path: { release_id: release.id } },
          body: { key, document: emptyClause(kind, title) },
        }),
      ),
    onSuccess: async (clause) => {
      await queries.invalidateQueries({ queryKey: ["release", release.id] });
      onAdded(clause.key);
    },
  });
  const refusal = refusalOf(add.error, ["key", "document.title"], { clause_key_taken: "key" });
  return (
    <ActionForm
      action={add}
      refusal={refusal}
      confirm="Add the clause"
      isReady={key !== "" && title.trim() !== ""}
      onCancel={onClose}
    >
      <SegmentedControl
        aria-label="What the clause is"
        value={kind}
        onChange={(value) => setKind(value === "axis" ? "axis" : "verdict")}
        data={[
          { value: "verdict", label: "A question about a post" },
          { value: "axis", label: "A criterion to compare responses" },
        ]}
      />
      <TextInput
        label="Title"
        required
        withAsterisk={false}
        maxLength={500}
        data-autofocus
        error={refusal?.at("document.title")}
        value={title}
        onChange={(event) => setTitle(event.currentTarget.value)}
      />
      <TextInput
        label="Key"
        description="Answers cite it for ever, so it never changes."
        required
        withAsterisk={false}
        maxLength={64}
        error={refusal?.at("key")}
        value={key}
        onChange={(event) => setTypedKey(event.currentTarget.value)}
      />
    </ActionForm>
  );
}

/** The page a new clause opens with. */
function emptyClause(kind: Clause["document"]["kind"], title: string) {
  const blocks = (["definition", "use_when", "avoid_when", "rationale"] as const).map((type) => ({ type, text: "" }));
  if (kind === "axis") return { kind, title, blocks };
  return {
    kind,
    title,
    blocks: [
      ...blocks.slice(0, 3),
      { type: "examples" as const, items: [] },
      { type: "counter_examples" as const, items: [] },
      ...blocks.slice(3),
    ],
    answers: [
      { value: "violates", label: "Violates", harmful: true },
      { value: "allowed", label: "Allowed" },
    ],
    modalities: ["text" as const],
  };
}
