import { Button } from "@mantine/core";
import { IconSparkles } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useMay } from "@/api/session";
import { EmptyState, Facts, PageHeader, Panel, percent, QueryView, Stacked, decimal, useProjectId } from "@/ui";
import { ClauseFigures } from "./ClauseFigures";
import { figuresQuery, type Rules, rulesQuery, timingWords } from "./reading";
import { RulesDialog } from "./RulesDialog";

/** `/p/:id/suggestions`: when models' suggestions are shown, and what showing them does to the answers. */
export default function SuggestionsPage() {
  const projectId = useProjectId();
  const rules = useQuery(rulesQuery(projectId));
  const figures = useQuery(figuresQuery(projectId));
  return (
    <>
      <PageHeader
        title="Suggestions"
        lead="What models propose to the people who label, and how far people follow them: tasks shown suggestions beside tasks that were not, drawn by lot."
      />
      <Stacked>
        <QueryView query={rules}>{(data) => <RulesPanel projectId={projectId} rules={data} />}</QueryView>
        <QueryView query={figures}>
          {({ clauses }) =>
            clauses.length === 0 ? (
              <EmptyState icon={IconSparkles} title="Nothing was suggested yet">
                A round’s model suggests its answer for the posts that are asked about; a detector’s marks come in with <code>concord suggest</code>. Figures appear with the first answers to tasks that had suggestions.
              </EmptyState>
            ) : (
              clauses.map((told) => <ClauseFigures key={`${told.release_label} ${told.clause_key}`} told={told} />)
            )
          }
        </QueryView>
      </Stacked>
    </>
  );
}

function RulesPanel({ projectId, rules }: { projectId: string; rules: Rules }) {
  const mayManage = useMay(projectId, "project.manage");
  const [isOpen, setOpen] = useState(false);
  const isOff = rules.timing === "off";
  return (
    <Panel
      title="When they are shown"
      actions={
        mayManage && (
          <Button variant="default" size="xs" onClick={() => setOpen(true)}>
            Change
          </Button>
        )
      }
    >
      <Facts
        facts={[
          ["Shown", timingWords(rules.timing)],
          ["Share of the tasks", isOff ? "None" : percent(rules.share, 0)],
          ["Least confidence", decimal(rules.confidence_min)],
        ]}
      />
      <RulesDialog projectId={projectId} rules={rules} isOpen={isOpen} onClose={() => setOpen(false)} />
    </Panel>
  );
}
