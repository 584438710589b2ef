import { Button, Modal } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api, taken } from "@/api/client";
import { useMay } from "@/api/session";
import { announce, type Column, count, DataTable, Panel, useProjectId, WordsForm } from "@/ui";
import { MeasuredBar } from "../people/MeasuredBar";
import { useRules } from "../review/reading";
import classes from "./Gold.module.css";
import { goldPeopleQuery, type GoldTally } from "./queries";

/** How one person does on gold, clause by clause; and the way to pause their work by hand. */
export function PersonGoldPanel({ projectId, pseudonym }: { projectId: string; pseudonym: string }) {
  const mayKeep = useMay(projectId, "quality.keep");
  const people = useQuery({ ...goldPeopleQuery(projectId), enabled: mayKeep });
  const [isPausing, setPausing] = useState(false);
  if (!mayKeep) return null;
  const tally = people.data?.people.find((row) => row.person.pseudonym === pseudonym);
  return (
    <Panel
      title="On gold"
      note="Posts whose answer is known: as expected or not, with the interval that so few leave."
      actions={
        <Button variant="default" size="compact-sm" onClick={() => setPausing(true)}>
          Pause their work
        </Button>
      }
    >
      {tally === undefined ? (
        <p className={classes.soft}>{people.isPending ? "Loading" : "They have answered no gold yet."}</p>
      ) : (
        <Tally tally={tally} />
      )}
      <Modal opened={isPausing} onClose={() => setPausing(false)} title={`Pause the work of ${pseudonym}`}>
        <PauseForm projectId={projectId} pseudonym={pseudonym} onClose={() => setPausing(false)} />
      </Modal>
    </Panel>
  );
}

function Tally({ tally }: { tally: GoldTally }) {
  const ruleOf = useRules(useProjectId());
  const columns: readonly Column<GoldTally["clauses"][number]>[] = [
    { key: "clause", header: "Clause", render: (row) => ruleOf(row.clause_key)?.title ?? row.clause_key },
    { key: "share", header: "As known", render: (row) => <MeasuredBar measured={row.share} /> },
    { key: "answered", header: "Answered", align: "end", render: (row) => count(row.answered) },
  ];
  return (
    <>
      <p className={classes.whole}>
        <MeasuredBar measured={tally.share} />
      </p>
      <DataTable label="gold by clause" rows={tally.clauses} columns={columns} rowKey={(row) => row.clause_key} />
    </>
  );
}

function PauseForm({ projectId, pseudonym, onClose }: { projectId: string; pseudonym: string; onClose: () => void }) {
  const queries = useQueryClient();
  const [reason, setReason] = useState("");
  const pause = useMutation({
    mutationFn: () =>
      taken(
        api.POST("/api/projects/{project_id}/pauses/", {
          params: { path: { project_id: projectId } },
          body: { person: pseudonym, reason },
        }),
      ),
    onSuccess: async () => {
      announce("Their work here is paused; they read why.");
      await queries.invalidateQueries({ queryKey: ["pauses", projectId] });
      onClose();
    },
  });
  return (
    <WordsForm
      action={pause}
      field="reason"
      label="Why"
      description="They read it, word for word."
      confirm="Pause their work"
      text={reason}
      onText={setReason}
      isFirst
      onCancel={onClose}
      before={<p className={classes.soft}>They get nothing new here until somebody lets them go on. They can ask for another look.</p>}
    />
  );
}
