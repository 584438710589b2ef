import { Button } from "@mantine/core";
import { IconMessageBolt, IconPlus } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { usePages } from "@/api/pages";
import { useMay } from "@/api/session";
import { AppLink, type Column, count, DataTable, EmptyState, Kbd, PageHeader, useProjectId, useShortcuts, Time } from "@/ui";
import { AskModelDialog } from "./sampling/AskModelDialog";
import { isUnderWay, runningMs, type SamplingRun, samplingRunsPage } from "./sampling/queries";
import { RunState } from "./sampling/RunState";
import classes from "./sampling/sampling.module.css";
import { lostWords, madeWords } from "./sampling/words";

/** `/p/:id/comparisons/sampling`: models that were asked for responses to the project's prompts. */
export default function SamplingPage() {
  const projectId = useProjectId();
  const navigate = useNavigate();
  const mayAsk = useMay(projectId, "content.import");
  const [isOpen, setIsOpen] = useState(false);
  const [isMoving, setIsMoving] = useState(false);
  const runs = usePages(["sampling runs", projectId], (cursor) => samplingRunsPage(projectId, cursor), { refetchInterval: isMoving ? runningMs : false });
  const someMove = runs.rows.some(isUnderWay);
  if (someMove !== isMoving) setIsMoving(someMove);
  const base = `/p/${projectId}/comparisons/sampling`;
  useShortcuts(mayAsk ? [{ id: "sampling.ask", label: "Ask a model", keys: "n", run: () => setIsOpen(true) }] : []);
  const ask = mayAsk && (
    <Button leftSection={<IconPlus size={16} aria-hidden />} rightSection={<Kbd keys="n" quiet />} onClick={() => setIsOpen(true)}>
      Ask a model
    </Button>
  );
  return (
    <>
      <PageHeader
        title="Responses by models"
        lead="Put the project’s prompts before a model, several times each. What it says becomes pairs or slates for people to judge."
        crumbs={[{ label: "Comparisons", to: `/p/${projectId}/comparisons` }]}
        actions={runs.rows.length > 0 && ask}
      />
      <DataTable
        label="Models that were asked"
        columns={columnsWith(base)}
        rows={runs.rows}
        rowKey={(run) => run.id}
        onOpen={(run) => void navigate({ to: `${base}/${run.id}` })}
        query={runs}
        empty={
          <EmptyState icon={IconMessageBolt} title="No model was asked yet" actions={ask}>
            {mayAsk ? "Choose a model and prompts: you see what it would cost before anything is sent." : "Engineers and managers ask models; what came of it appears here."}
          </EmptyState>
        }
      />
      {mayAsk && <AskModelDialog projectId={projectId} isOpen={isOpen} onClose={() => setIsOpen(false)} />}
    </>
  );
}

function columnsWith(base: string): readonly Column<SamplingRun>[] {
  return [
    {
      key: "model",
      header: "Model",
      render: (run) => (
        <span className={classes.name}>
          <AppLink to={`${base}/${run.id}`}>{run.source_model}</AppLink>
          <span className={classes.soft}>
            {run.model_told.name} · {run.requested_by} · <Time at={run.created_at} />
          </span>
        </span>
      ),
    },
    { key: "state", header: "State", width: "180px", render: (run) => <RunState run={run} /> },
    { key: "prompts", header: "Prompts", width: "90px", align: "end", render: (run) => count(run.prompts) },
    {
      key: "responses",
      header: "New responses",
      width: "230px",
      render: (run) => (
        <span className={classes.name}>
          {count(run.kept_calls)} of {count(run.planned_calls)}
          <span className={classes.soft}>{lostWords(run)}</span>
        </span>
      ),
    },
    { key: "made", header: "To judge", width: "130px", render: (run) => madeWords(run) },
  ];
}
