import { Modal, NumberInput, Select, Textarea, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api, taken } from "@/api/client";
import type { components } from "@/api/schema";
import { meQuery } from "@/api/session";
import { ActionForm, announce, refusalOf } from "@/ui";

type Project = components["schemas"]["ProjectOutput"];
type ProjectState = Project["state"];

const states: readonly { value: ProjectState; label: string }[] = [
  { value: "active", label: "Active: tasks are handed out" },
  { value: "paused", label: "Paused: nothing new is handed out, late work is kept" },
  { value: "archived", label: "Archived: kept for reading" },
];
const leastMinutes = 1;
const mostMinutes = 1440;

/** What a manager may change about a project. */
export function ChangeProjectDialog({
  project,
  isOpen,
  onClose,
}: {
  project: Project;
  isOpen: boolean;
  onClose: () => void;
}) {
  return (
    <Modal opened={isOpen} onClose={onClose} title="Change the project">
      <ChangeForm project={project} onClose={onClose} />
    </Modal>
  );
}

function ChangeForm({ project, onClose }: { project: Project; onClose: () => void }) {
  const queries = useQueryClient();
  const [name, setName] = useState(project.name);
  const [description, setDescription] = useState(project.description);
  const [state, setState] = useState<ProjectState>(project.state);
  const [minutes, setMinutes] = useState<number>(Math.round(project.lease_seconds / 60));
  const change = useMutation({
    mutationFn: () =>
      taken(
        api.PATCH("/api/projects/{project_id}/", {
          params: { path: { project_id: project.id } },
          body: { name: name.trim(), description: description.trim(), state, lease_seconds: minutes * 60 },
        }),
      ),
    onSuccess: async () => {
      await queries.invalidateQueries(meQuery);
      announce("The project is changed.");
      onClose();
    },
  });
  const refusal = refusalOf(change.error, ["name", "description", "state", "lease_seconds"]);
  return (
    <ActionForm
      action={change}
      refusal={refusal}
      confirm="Change the project"
      isReady={name.trim() !== ""}
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
      <Textarea
        label="What it is about"
        maxLength={4000}
        minRows={3}
        error={refusal?.at("description")}
        value={description}
        onChange={(event) => setDescription(event.currentTarget.value)}
      />
      <Select
        label="State"
        data={[...states]}
        error={refusal?.at("state")}
        value={state}
        onChange={(value) => setState(states.find((one) => one.value === value)?.value ?? state)}
        allowDeselect={false}
      />
      <NumberInput
        label="A task is held for"
        description="Minutes without a sign of life before it goes to somebody else. A late answer is kept all the same."
        suffix=" min"
        min={leastMinutes}
        max={mostMinutes}
        error={refusal?.at("lease_seconds")}
        value={minutes}
        onChange={(value) => setMinutes(typeof value === "number" ? value : leastMinutes)}
      />
    </ActionForm>
  );
}
