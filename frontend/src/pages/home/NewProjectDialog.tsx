import { Modal, Textarea, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { api, taken } from "@/api/client";
import { meQuery } from "@/api/session";
import { ActionForm, refusalOf } from "@/ui";

/** Begin a project; whoever begins it manages it. */
export function NewProjectDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  return (
    <Modal opened={isOpen} onClose={onClose} title="New project">
      <NewProjectForm onClose={onClose} />
    </Modal>
  );
}

function NewProjectForm({ onClose }: { onClose: () => void }) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [name, setName] = useState("");
  const [slug, setSlug] = useState<string | null>(null);
  const [description, setDescription] = useState("");
  const shownSlug = slug ?? slugOf(name);
  const create = useMutation({
    mutationFn: () =>
      taken(
        api.POST("/api/projects/", {
          body: { name: name.trim(), slug: shownSlug, description: description.trim() },
        }),
      ),
    onSuccess: async (project) => {
      await queries.invalidateQueries(meQuery);
      onClose();
      await navigate({ to: `/p/${project.id}` });
    },
  });
  const refusal = refusalOf(create.error, ["name", "slug", "description"], { project_slug_taken: "slug" });
  return (
    <ActionForm
      action={create}
      refusal={refusal}
      confirm="Begin the project"
      isReady={name.trim() !== "" && shownSlug !== ""}
      onCancel={onClose}
    >
      <TextInput
        label="Name"
        required
        withAsterisk={false}
        maxLength={120}
        data-autofocus
        error={refusal?.at("name")}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <TextInput
        label="Short name"
        description="For commands and file names: small letters, digits and hyphens."
        required
        withAsterisk={false}
        maxLength={60}
        pattern="[a-z0-9\-]+"
        error={refusal?.at("slug")}
        value={shownSlug}
        onChange={(event) => setSlug(event.currentTarget.value)}
      />
      <Textarea
        label="What it is about"
        maxLength={4000}
        minRows={3}
        error={refusal?.at("description")}
        value={description}
        onChange={(event) => setDescription(event.currentTarget.value)}
      />
    </ActionForm>
  );
}

/** "Été à la mer" → "ete-a-la-mer". */
export function slugOf(name: string): string {
  return name
    .normalize("NFKD")
    .toLowerCase()
    .replace(/\p{Mark}/gu, "")
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 60);
}
