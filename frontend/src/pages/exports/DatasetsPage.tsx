import { Button } from "@mantine/core";
import { IconDatabase, IconPlus } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { api, taken } from "@/api/client";
import { usePages } from "@/api/pages";
import { useMay } from "@/api/session";
import { AppLink, type Column, DataTable, EmptyState, PageHeader, Time, useProjectId, useShortcuts } from "@/ui";
import { KindList } from "./KindList";
import type { Dataset } from "./queries";

/** The project's datasets: what training data is made of, and how far each has come. */
export default function DatasetsPage() {
  const projectId = useProjectId();
  const navigate = useNavigate();
  const mayExport = useMay(projectId, "datasets.export");
  const datasets = usePages(["datasets", projectId], (cursor) =>
    taken(
      api.GET("/api/projects/{project_id}/datasets/", { params: { path: { project_id: projectId }, query: { cursor } } }),
    ),
  );
  const make = () => void navigate({ to: `/p/${projectId}/datasets/new` });
  useShortcuts(mayExport ? [{ id: "datasets.new", label: "Define a dataset", keys: "n", run: make }] : []);
  const actions = mayExport ? (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={make}>
      Define a dataset
    </Button>
  ) : undefined;
  const columns: readonly Column<Dataset>[] = [
    {
      key: "title",
      header: "Dataset",
      render: (dataset) => <AppLink to={`/p/${projectId}/datasets/${dataset.id}`}>{dataset.title}</AppLink>,
    },
    { key: "name", header: "Name", width: "22%", truncate: true, render: (dataset) => <code>{dataset.name}</code> },
    { key: "kinds", header: "Kinds", width: "30%", render: (dataset) => <KindList kinds={dataset.kinds} /> },
    {
      key: "newest",
      header: "Newest version",
      width: "130px",
      render: (dataset) => (dataset.newest_version === null ? "None yet" : `Version ${dataset.newest_version}`),
    },
    { key: "created", header: "Defined", width: "120px", render: (dataset) => <Time at={dataset.created_at} /> },
  ];
  return (
    <>
      <PageHeader
        title="Datasets"
        lead="A dataset says which answers become training data. Its versions are frozen results that trainers load as they are."
        actions={datasets.rows.length > 0 ? actions : undefined}
      />
      <DataTable
        label="datasets"
        columns={columns}
        rows={datasets.rows}
        rowKey={(dataset) => dataset.id}
        query={datasets}
        onOpen={(dataset) => void navigate({ to: `/p/${projectId}/datasets/${dataset.id}` })}
        empty={
          <EmptyState icon={IconDatabase} title="No datasets yet" actions={actions}>
            {mayExport
              ? "Define one: choose the clauses or axes, the kinds of rows a trainer needs, and build a first version."
              : "An engineer of the project defines them; what they build appears here."}
          </EmptyState>
        }
      />
    </>
  );
}
