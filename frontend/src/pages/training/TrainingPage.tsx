import { Button } from "@mantine/core";
import { IconPlus, IconSchool } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { usePages } from "@/api/pages";
import { useMay } from "@/api/session";
import { AppLink, type Column, DataTable, EmptyState, PageHeader, Time, useProjectId, useShortcuts } from "@/ui";
import { type Run, runsPage } from "./queries";
import { RunState } from "./RunState";
import { StartTrainingDialog } from "./StartTrainingDialog";
import { outcomeWords, recipeTitle } from "./wording";

const refreshMs = 4000;

/** `/p/:id/training`: every time a model was trained on a version of a dataset. */
export default function TrainingPage() {
  const projectId = useProjectId();
  const navigate = useNavigate();
  const mayRun = useMay(projectId, "models.run");
  const [isStarting, setStarting] = useState(false);
  const runs = usePages(["training runs", projectId], (cursor) => runsPage(projectId, cursor), { refetchInterval: refreshMs });
  useShortcuts(mayRun ? [{ id: "training.start", label: "Start training", keys: "n", run: () => setStarting(true) }] : []);
  const columns: readonly Column<Run>[] = [
    {
      key: "recipe",
      header: "Trained",
      width: "150px",
      render: (run) => <AppLink to={`/p/${projectId}/training/${run.id}`}>{recipeTitle(run.recipe)}</AppLink>,
    },
    { key: "base", header: "From", truncate: true, render: (run) => <code>{run.base}</code> },
    { key: "version", header: "On", truncate: true, render: (run) => `${run.version.dataset}, version ${run.version.number}` },
    { key: "outcome", header: "Held out", width: "190px", render: outcomeWords },
    { key: "state", header: "State", width: "190px", render: (run) => <RunState run={run} /> },
    { key: "started", header: "Started", width: "120px", render: (run) => <Time at={run.created_at} /> },
  ];
  const actions = mayRun ? (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setStarting(true)}>
      Start training
    </Button>
  ) : undefined;
  return (
    <>
      <PageHeader
        title="Training"
        lead="A worker trains a model on a version, measures it on what was held out, and keeps the weights."
        actions={runs.rows.length > 0 ? actions : undefined}
      />
      <DataTable
        label="Training runs"
        columns={columns}
        rows={runs.rows}
        rowKey={(run) => run.id}
        query={runs}
        onOpen={(run) => void navigate({ to: `/p/${projectId}/training/${run.id}` })}
        empty={
          <EmptyState icon={IconSchool} title="Nothing was trained yet" actions={actions}>
            {mayRun
              ? "It takes a version with rows that a recipe learns from, and a base model on the worker."
              : "An engineer of the project starts it; what comes of it appears here."}
          </EmptyState>
        }
      />
      <StartTrainingDialog projectId={projectId} isOpen={isStarting} onClose={() => setStarting(false)} />
    </>
  );
}
