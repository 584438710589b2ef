import { AppLink, type Column, DataTable, EmptyState, Panel, Time } from "@/ui";
import type { ModelDetail } from "../queries";
import classes from "./models.module.css";
import { decisionWords, statedWords, thresholdWords } from "./wording";

type Promotion = ModelDetail["promotions"][number];

/** What was decided about the clause's models, newest first. */
export function PromotionHistory({ model }: { model: ModelDetail }) {
  const columns: readonly Column<Promotion>[] = [
    { key: "when", header: "When", width: "120px", render: (one) => <Time at={one.created_at} /> },
    { key: "what", header: "What", width: "180px", render: (one) => decisionWords[one.kind] },
    {
      key: "version",
      header: "Suggests since",
      width: "140px",
      render: (one) =>
        one.model_id === null ? "No model" : <AppLink to={`/p/${model.project_id}/models/${one.model_id}`}>{`Version ${one.model_number ?? ""}`}</AppLink>,
    },
    {
      key: "threshold",
      header: "Threshold",
      width: "230px",
      render: (one) => (one.threshold === null ? "—" : `${thresholdWords(one.threshold)}${one.stated === null ? "" : `, ${statedWords(one.stated)}`}`),
    },
    { key: "who", header: "By", width: "150px", render: (one) => one.decided_by ?? "Its round" },
    { key: "why", header: "Why", render: (one) => <span className={classes.reason}>{one.reason || "Nobody had decided for this clause"}</span> },
  ];
  return (
    <Panel title="Decisions" note={`About every model of ${model.clause_key}; the newest holds.`} flush>
      <DataTable
        label="Decisions"
        columns={columns}
        rows={model.promotions}
        rowKey={(one) => one.id}
        empty={
          <EmptyState framed={false} title="Nothing decided yet">
            No model of this clause was ever promoted.
          </EmptyState>
        }
      />
    </Panel>
  );
}
