import { IconBrain } from "@tabler/icons-react";
import { usePages } from "@/api/pages";
import { AppLink, type Column, count, DataTable, EmptyState, PageHeader, Time, useProjectId } from "@/ui";
import { answerCounts, numberOf } from "./metrics";
import { type ModelVersion, modelsPage } from "./queries";
import { figure } from "./wording";

/** `/p/:id/models`: every head that was trained, what on, and how well it does. */
export default function ModelsPage() {
  const projectId = useProjectId();
  const models = usePages(["models", projectId], (cursor) => modelsPage(projectId, cursor));
  const measured = (key: string, header: string, name: string, width = "92px"): Column<ModelVersion> => ({
    key,
    header,
    width,
    align: "end",
    render: (model) => figure(numberOf(model.metrics, name)),
  });
  const columns: readonly Column<ModelVersion>[] = [
    {
      key: "clause",
      header: "Model",
      render: (model) => {
        const round = model.trained_on.round;
        const name = `${model.clause_key}, version ${model.number}`;
        return typeof round === "string" ? <AppLink to={`/p/${projectId}/rounds/${round}`}>{name}</AppLink> : name;
      },
    },
    { key: "release", header: "Release", width: "14%", truncate: true, render: (model) => <code>{model.release_label}</code> },
    {
      key: "taught",
      header: "Learned from",
      width: "17%",
      truncate: true,
      render: (model) =>
        answerCounts({ answers: model.trained_on.answers })
          .map(([answer, total]) => `${count(total)} ${answer}`)
          .join(", "),
    },
    { key: "posts", header: "Held out", width: "88px", align: "end", render: (model) => count(numberOf(model.metrics, "posts") ?? 0) },
    measured("f1", "Macro F1", "macro_f1"),
    measured("ap", "Avg. precision", "average_precision", "118px"),
    measured("recall", "Recall", "harmful_recall", "76px"),
    measured("calibration", "Calib. error", "calibration_error", "104px"),
    { key: "made", header: "Trained", width: "116px", render: (model) => <Time at={model.created_at} /> },
  ];
  return (
    <>
      <PageHeader
        title="Models"
        lead="Heads on frozen embeddings, one per clause and round, measured on posts that no head ever learns from."
      />
      <DataTable
        label="Models"
        columns={columns}
        rows={models.rows}
        rowKey={(model) => model.id}
        query={models}
        empty={
          <EmptyState
            icon={IconBrain}
            title="No models yet"
            actions={<AppLink to={`/p/${projectId}/rounds`}>Look at the rounds</AppLink>}
          >
            A round trains one once two answers of its clause have enough decided posts each.
          </EmptyState>
        }
      />
    </>
  );
}
