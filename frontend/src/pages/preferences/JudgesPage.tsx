import { Button } from "@mantine/core";
import { IconBook2, IconFileImport, IconPlus, IconRobot } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useMay } from "@/api/session";
import { AppLink, EmptyState, PageHeader, Panel, QueryView, Stacked, useProjectId, useShortcuts } from "@/ui";
import { AxisChoice } from "./AxisChoice";
import { AskJudgeDialog } from "./judges/AskJudgeDialog";
import { BringInDialog } from "./judges/BringInDialog";
import { Doubts } from "./judges/Doubts";
import { type Judges, judgesQuery } from "./judges/queries";
import { VersionsTable } from "./judges/VersionsTable";
import classes from "./ratings/RatingsPage.module.css";

/** `/p/:id/judges`: models that judge comparisons, scored against people, version by version. */
export default function JudgesPage() {
  const projectId = useProjectId();
  const [clauseKey, setClauseKey] = useState<string | null>(null);
  const query = useQuery(judgesQuery(projectId, clauseKey));
  const axis = query.data?.axis ?? null;
  return (
    <>
      <PageHeader
        title="Judges"
        lead="Models that judge the same comparisons as people: how far they agree, whether they say the same when the sides are turned, and what a new version changed."
        actions={axis !== null && <AxisChoice page="judges" axes={query.data?.axes ?? []} axis={axis} onChoose={setClauseKey} />}
      />
      <QueryView query={query}>{(judges) => <OneAxis key={judges.axis?.key} judges={judges} projectId={projectId} />}</QueryView>
    </>
  );
}

function OneAxis({ judges, projectId }: { judges: Judges; projectId: string }) {
  const mayRun = useMay(projectId, "judges.run");
  const [open, setOpen] = useState<"ask" | "bring" | null>(null);
  const { axis } = judges;
  useShortcuts(
    mayRun && axis !== null
      ? [
          { id: "judges.ask", label: "Ask a judge", keys: "n", run: () => setOpen("ask") },
          { id: "judges.bring-in", label: "Bring in judges’ answers", keys: "m", run: () => setOpen("bring") },
        ]
      : [],
  );
  if (axis === null) {
    return (
      <EmptyState icon={IconBook2} title="No axis to judge on yet" actions={<AppLink to={`/p/${projectId}/policies`}>Go to the policies</AppLink>}>
        No release in effect has axis clauses. They say on what two responses are compared.
      </EmptyState>
    );
  }
  const ask = mayRun && (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setOpen("ask")}>
      Ask a judge
    </Button>
  );
  const bring = mayRun && (
    <Button variant="default" leftSection={<IconFileImport size={16} aria-hidden />} onClick={() => setOpen("bring")}>
      Bring in answers
    </Button>
  );
  return (
    <Stacked>
      <p className={classes.question}>{axis.question}</p>
      {judges.versions.length === 0 ? (
        <EmptyState
          icon={IconRobot}
          title="No judge has answered yet"
          actions={
            <>
              {ask}
              {bring}
            </>
          }
        >
          {mayRun
            ? "Choose a model and comparisons: you see what it would cost before anything is sent. Its answers never count as people’s."
            : "Writers, engineers and managers ask judges; what came of it appears here."}
        </EmptyState>
      ) : (
        <>
          <Panel
            title="Judges beside people"
            note="People’s answer is a reviewer’s decision, or what more than half of them say. Intervals are 95 %."
            flush
            actions={
              <>
                {bring}
                {ask}
              </>
            }
          >
            <VersionsTable versions={judges.versions} base={`/p/${projectId}/judges`} />
          </Panel>
          <Doubts judges={judges} clauseKey={axis.key} projectId={projectId} />
        </>
      )}
      {mayRun && (
        <>
          <AskJudgeDialog judges={judges} projectId={projectId} isOpen={open === "ask"} onClose={() => setOpen(null)} />
          <BringInDialog projectId={projectId} clauseKey={axis.key} isOpen={open === "bring"} onClose={() => setOpen(null)} />
        </>
      )}
    </Stacked>
  );
}
