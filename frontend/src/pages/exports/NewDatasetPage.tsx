import { Button, Checkbox, Group, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type SyntheticEvent, useState } from "react";
import { api, taken } from "@/api/client";
import { ErrorState, FormProblem, LoadingState, PageHeader, Panel, Stacked, useProjectId } from "@/ui";
import { DefinitionFields } from "./DefinitionFields";
import { type Choices, definitionOf, firstChoices } from "./choices";
import classes from "./NewDatasetPage.module.css";
import { type DatasetKind, kindsQuery } from "./queries";
import { nameFrom } from "./wording";

/** Say what a dataset takes. Every field has the value most people want. */
export default function NewDatasetPage() {
  const projectId = useProjectId();
  const kinds = useQuery(kindsQuery);
  return (
    <>
      <PageHeader
        title="Define a dataset"
        crumbs={[{ label: "Datasets", to: `/p/${projectId}/datasets` }]}
        lead="Nothing is exported yet: the definition is saved, and each version you build from it is frozen."
      />
      {kinds.data !== undefined ? (
        <DatasetForm projectId={projectId} kinds={kinds.data} />
      ) : kinds.error !== null ? (
        <ErrorState error={kinds.error} onRetry={kinds.refetch} />
      ) : (
        <LoadingState label="Loading the kinds of rows" lines={7} />
      )}
    </>
  );
}

function DatasetForm({ projectId, kinds }: { projectId: string; kinds: readonly DatasetKind[] }) {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [title, setTitle] = useState("");
  const [typedName, setTypedName] = useState<string | null>(null);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [choices, setChoices] = useState<Choices>(firstChoices);
  const name = typedName ?? nameFrom(title);
  const create = useMutation({
    mutationFn: () =>
      taken(
        api.POST("/api/projects/{project_id}/datasets/", {
          params: { path: { project_id: projectId } },
          body: { name, title: title.trim(), kinds: [...chosen], definition: definitionOf(choices) },
        }),
      ),
    onSuccess: async (dataset) => {
      await queries.invalidateQueries({ queryKey: ["datasets", projectId] });
      await navigate({ to: `/p/${projectId}/datasets/${dataset.id}` });
    },
  });
  function submit(event: SyntheticEvent): void {
    event.preventDefault();
    create.mutate();
  }
  return (
    <form onSubmit={submit}>
      <Stacked>
        <Panel title="Name">
          <div className={classes.pair}>
            <TextInput
              label="Title"
              description="What people read in lists and on the card."
              placeholder="Safety preferences"
              required
              withAsterisk={false}
              maxLength={200}
              data-autofocus
              value={title}
              onChange={(event) => setTitle(event.currentTarget.value)}
            />
            <TextInput
              label="Name"
              description="What programs ask for, as in project/name@3."
              required
              withAsterisk={false}
              maxLength={60}
              pattern="[a-z0-9][a-z0-9\-]*"
              title="Lower-case letters, digits and hyphens"
              value={name}
              onChange={(event) => setTypedName(event.currentTarget.value)}
            />
          </div>
        </Panel>
        <Panel title="Kinds of rows" note="Each kind becomes a configuration that a trainer loads by its name.">
          <Checkbox.Group aria-label="Kinds of rows" value={[...chosen]} onChange={setChosen}>
            <div className={classes.kinds}>
              {kinds.map((kind) => (
                <Checkbox
                  key={kind.key}
                  value={kind.key}
                  label={
                    <>
                      {kind.title} <code className={classes.code}>{kind.key}</code>
                    </>
                  }
                  description={kind.purpose}
                />
              ))}
            </div>
          </Checkbox.Group>
        </Panel>
        <DefinitionFields projectId={projectId} choices={choices} onChange={setChoices} />
        <FormProblem error={create.error} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={() => void navigate({ to: `/p/${projectId}/datasets` })}>
            Cancel
          </Button>
          <Button type="submit" loading={create.isPending} disabled={chosen.length === 0 || title.trim() === "" || name === ""}>
            Save the definition
          </Button>
        </Group>
      </Stacked>
    </form>
  );
}
