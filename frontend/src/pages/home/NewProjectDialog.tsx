import { Button, Group, Modal, Textarea, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type SyntheticEvent, useState } from "react";
import { api, taken } from "@/api/client";
import { meQuery } from "@/api/session";
import { FormProblem } from "@/ui";
import classes from "./NewProjectDialog.module.css";

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
  function submit(event: SyntheticEvent): void {
    event.preventDefault();
    create.mutate();
  }
  return (
    <form className={classes.form} onSubmit={submit}>
      <TextInput
        label="Name"
        required
        withAsterisk={false}
        maxLength={120}
        data-autofocus
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
        value={shownSlug}
        onChange={(event) => setSlug(event.currentTarget.value)}
      />
      <Textarea
        label="What it is about"
        maxLength={4000}
        minRows={3}
        value={description}
        onChange={(event) => setDescription(event.currentTarget.value)}
      />
      <FormProblem error={create.error} />
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button type="submit" loading={create.isPending} disabled={name.trim() === "" || shownSlug === ""}>
          Begin the project
        </Button>
      </Group>
    </form>
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
