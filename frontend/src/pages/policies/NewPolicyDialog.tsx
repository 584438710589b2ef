import { Modal, Textarea, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { api, taken } from "@/api/client";
import { ActionForm, AppLink, refusalOf } from "@/ui";
import { keyFrom } from "./wording";

interface Props {
  projectId: string;
  isOpen: boolean;
  onClose: () => void;
}

/** Name a policy, and land in its first draft. */
export function NewPolicyDialog({ projectId, isOpen, onClose }: Props) {
  return (
    <Modal opened={isOpen} onClose={onClose} title="Write a policy">
      <PolicyForm projectId={projectId} onClose={onClose} />
    </Modal>
  );
}

function PolicyForm({ projectId, onClose }: Omit<Props, "isOpen">) {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [title, setTitle] = useState("");
  const [typedKey, setTypedKey] = useState<string | null>(null);
  const [summary, setSummary] = useState("");
  const key = typedKey ?? keyFrom(title);
  const create = useMutation({
    mutationFn: async () => {
      const policy = await taken(
        api.POST("/api/projects/{project_id}/policies/", {
          params: { path: { project_id: projectId } },
          body: { key, title, summary },
        }),
      );
      return taken(
        api.POST("/api/policies/{policy_id}/releases/", { params: { path: { policy_id: policy.id } }, body: {} }),
      );
    },
    onSuccess: async (draft) => {
      await queries.invalidateQueries({ queryKey: ["policies", projectId] });
      onClose();
      void navigate({ to: `/p/${projectId}/releases/${draft.id}` });
    },
  });
  const refusal = refusalOf(create.error, ["title", "key", "summary"], { policy_key_taken: "key" });
  return (
    <ActionForm
      action={create}
      refusal={refusal}
      confirm="Start writing"
      isReady={title.trim() !== "" && key !== ""}
      onCancel={onClose}
    >
      <p style={{ margin: 0, color: "var(--ink-soft)" }}>
        Have it as a document already? <AppLink to={`/p/${projectId}/policies/import`}>Bring it in</AppLink> instead.
      </p>
      <TextInput
        label="Title"
        required
        withAsterisk={false}
        maxLength={500}
        data-autofocus
        error={refusal?.at("title")}
        value={title}
        onChange={(event) => setTitle(event.currentTarget.value)}
      />
      <TextInput
        label="Key"
        description="Releases are cited by it, as in community-safety@3. It never changes."
        required
        withAsterisk={false}
        maxLength={64}
        error={refusal?.at("key")}
        value={key}
        onChange={(event) => setTypedKey(event.currentTarget.value)}
      />
      <Textarea
        label="What it is for"
        maxLength={5000}
        minRows={3}
        error={refusal?.at("summary")}
        value={summary}
        onChange={(event) => setSummary(event.currentTarget.value)}
      />
    </ActionForm>
  );
}
