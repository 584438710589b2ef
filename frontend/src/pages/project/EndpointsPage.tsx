import { Button, Group } from "@mantine/core";
import { IconPlus, IconServer2 } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api, taken } from "@/api/client";
import { usePages } from "@/api/pages";
import type { components } from "@/api/schema";
import { useMay } from "@/api/session";
import { announce, announceProblem, type Column, count, DataTable, EmptyState, PageHeader, useConfirm, useProjectId, useShortcuts } from "@/ui";
import { EndpointDialog } from "./EndpointDialog";

type Endpoint = components["schemas"]["EndpointOutput"];

/** `/p/:id/endpoints`: the models the project may ask over the network. */
export default function EndpointsPage() {
  const projectId = useProjectId();
  const mayKeep = useMay(projectId, "endpoints.keep");
  const queries = useQueryClient();
  const [open, setOpen] = useState<Endpoint | "new" | null>(null);
  const [ask, confirmDialog] = useConfirm();
  const endpoints = usePages(["endpoints", projectId], (cursor) =>
    taken(
      api.GET("/api/projects/{project_id}/endpoints/", { params: { path: { project_id: projectId }, query: { cursor } } }),
    ),
  );
  const again = () => queries.invalidateQueries({ queryKey: ["endpoints", projectId] });
  const retire = useMutation({
    mutationFn: (endpoint: Endpoint) =>
      api.DELETE("/api/endpoints/{endpoint_id}/", { params: { path: { endpoint_id: endpoint.id } } }),
    onSuccess: again,
    onError: announceProblem,
  });
  useShortcuts(mayKeep ? [{ id: "endpoints.add", label: "Add an endpoint", keys: "n", run: () => setOpen("new") }] : []);
  const add = mayKeep ? (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setOpen("new")}>
      Add an endpoint
    </Button>
  ) : undefined;
  const columns: readonly Column<Endpoint>[] = [
    { key: "name", header: "Name", render: (endpoint) => endpoint.name },
    { key: "model", header: "Model", width: "18%", truncate: true, render: (endpoint) => <code>{endpoint.model}</code> },
    { key: "address", header: "Address", width: "23%", truncate: true, render: (endpoint) => <code>{endpoint.base_url}</code> },
    { key: "key", header: "Key", width: "80px", render: (endpoint) => keyWords(endpoint) },
    { key: "images", header: "Reads", width: "110px", render: (endpoint) => (endpoint.takes_images ? "text, images" : "text") },
    {
      key: "do",
      header: "",
      width: "250px",
      render: (endpoint) =>
        mayKeep && (
          <Group gap={6} wrap="nowrap" justify="flex-end">
            <TryIt endpoint={endpoint} />
            <Button size="compact-sm" variant="subtle" onClick={() => setOpen(endpoint)}>
              Change
            </Button>
            <Button
              size="compact-sm"
              variant="subtle"
              color="gray"
              onClick={() =>
                ask({
                  title: `Take “${endpoint.name}” out of use?`,
                  text: "Its key is forgotten. Trials that used it keep their results.",
                  confirm: "Take it out of use",
                  isDangerous: true,
                  onConfirm: () => retire.mutate(endpoint),
                })
              }
            >
              Retire
            </Button>
          </Group>
        ),
    },
  ];
  return (
    <>
      <PageHeader
        title="Endpoints"
        lead="Models this project may ask over the network: vLLM, transformers serve, or any server that speaks like OpenAI’s. Test benches send posts and policy texts there."
        actions={endpoints.rows.length > 0 ? add : undefined}
      />
      <DataTable
        label="Endpoints"
        columns={columns}
        rows={endpoints.rows}
        rowKey={(endpoint) => endpoint.id}
        query={endpoints}
        empty={
          <EmptyState icon={IconServer2} title="No model can be asked yet" actions={add}>
            {mayKeep
              ? "You need its address, the model’s name, and a key where it wants one."
              : "An engineer or a manager of the project adds them."}
          </EmptyState>
        }
      />
      {confirmDialog}
      <EndpointDialog projectId={projectId} endpoint={open} onClose={() => setOpen(null)} onDone={again} />
    </>
  );
}

function keyWords(endpoint: Endpoint): string {
  if (!endpoint.has_key) return "none";
  return endpoint.key_hint === "" ? "kept" : `…${endpoint.key_hint}`;
}

/** One tiny request, and how long it took. */
function TryIt({ endpoint }: { endpoint: Endpoint }) {
  const attempt = useMutation({
    mutationFn: () => taken(api.POST("/api/endpoints/{endpoint_id}/try/", { params: { path: { endpoint_id: endpoint.id } } })),
    onSuccess: (found) =>
      announce(
        found.said_ready
          ? `${endpoint.name} answered in ${count(found.duration_ms)} ms.`
          : `${endpoint.name} answered in ${count(found.duration_ms)} ms, but not with the word it was asked for.`,
      ),
    onError: announceProblem,
  });
  return (
    <Button size="compact-sm" variant="default" loading={attempt.isPending} onClick={() => attempt.mutate()} aria-label={`Try it: ${endpoint.name}`}>
      Try it
    </Button>
  );
}
