import { Button, Checkbox, NumberInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api, taken } from "@/api/client";
import { useMay } from "@/api/session";
import { count, FormProblem, Panel, useShortcuts } from "@/ui";
import classes from "./judges.module.css";
import type { Doubt, Judges } from "./queries";
import { askedTold, doubtWords } from "./words";

/** Where the judges leave a doubt, and the way to ask people there. */
export function Doubts({ judges, clauseKey, projectId }: { judges: Judges; clauseKey: string; projectId: string }) {
  const queries = useQueryClient();
  const mayAsk = useMay(projectId, "tasks.manage");
  const [chosen, setChosen] = useState<readonly Doubt[]>(judges.doubts.map(({ doubt }) => doubt));
  const [most, setMost] = useState(200);
  const ask = useMutation({
    mutationFn: () =>
      taken(
        api.POST("/api/projects/{project_id}/judge-doubts/", {
          params: { path: { project_id: projectId } },
          body: { clause_key: clauseKey, doubts: [...chosen], most, overlap: 1, priority: 10 },
        }),
      ),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["judges", projectId] }),
  });
  const doubted = judges.doubts.some(({ doubt, comparisons }) => comparisons > 0 && chosen.includes(doubt));
  const isReady = mayAsk && doubted && !ask.isPending;
  useShortcuts(mayAsk ? [{ id: "judges.ask-people", label: "Ask people where judges leave a doubt", keys: "a", enabled: isReady, run: () => ask.mutate() }] : []);
  const toggle = (doubt: Doubt): void => setChosen((before) => (before.includes(doubt) ? before.filter((each) => each !== doubt) : [...before, doubt]));
  return (
    <Panel
      title="Where to ask people"
      note="The newest version of each judge. Judges decide nothing: they only show where to look. Who answers learns nothing of what a judge said."
    >
      <div className={classes.doubts}>
        {judges.doubts.map(({ doubt, comparisons }) => {
          const { label, note } = doubtWords(doubt);
          return (
            <Checkbox
              key={doubt}
              label={`${label}: ${count(comparisons)}`}
              description={note}
              checked={chosen.includes(doubt)}
              disabled={!mayAsk}
              onChange={() => toggle(doubt)}
            />
          );
        })}
      </div>
      {mayAsk && (
        <div className={classes.asking}>
          <NumberInput label="At most" min={1} max={2000} allowDecimal={false} value={most} onChange={(value) => setMost(typeof value === "number" && value >= 1 ? value : 200)} />
          <Button disabled={!isReady} loading={ask.isPending} onClick={() => ask.mutate()}>
            Ask people
          </Button>
          <p role="status">{ask.data === undefined ? "" : askedTold(ask.data)}</p>
        </div>
      )}
      <FormProblem error={ask.error} />
    </Panel>
  );
}
