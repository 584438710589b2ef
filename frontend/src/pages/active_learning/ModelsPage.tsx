import { Button } from "@mantine/core";
import { IconBrain } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { api, taken } from "@/api/client";
import { usePages } from "@/api/pages";
import { useMay } from "@/api/session";
import { announce, announceProblem, AppLink, type Column, count, DataTable, EmptyState, PageHeader, Time, useProjectId } from "@/ui";
import { answerCounts, isMadeOfWords, numberOf } from "./metrics";
import { ModelBadge } from "./ModelBadge";
import { DriftedNotice } from "./models/DriftedNotice";
import { type ModelVersion, modelsPage } from "./queries";
import { figure } from "./wording";

/** `/p/:id/models`: every head that was trained, what on, and how well it does. */
export default function ModelsPage() {
  const projectId = useProjectId();
  const mayRun = useMay(projectId, "models.run");
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
      width: "160px",
      render: (model) => <AppLink to={`/p/${projectId}/models/${model.id}`}>{`${model.clause_key}, version ${model.number}`}</AppLink>,
    },
    { key: "state", header: "State", width: "134px", render: (model) => <ModelBadge model={model} /> },
    {
      key: "taught",
      header: "Learned from",
      truncate: true,
      render: (model) =>
        isMadeOfWords(model)
          ? "nothing: the clause’s words"
          : answerCounts({ answers: model.trained_on.answers })
              .map(([answer, total]) => `${count(total)} ${answer}`)
              .join(", "),
    },
    { key: "posts", header: "Held out", width: "82px", align: "end", render: (model) => count(numberOf(model.metrics, "posts") ?? 0) },
    measured("f1", "Macro F1", "macro_f1"),
    measured("ap", "Avg. precision", "average_precision", "118px"),
    measured("recall", "Recall", "harmful_recall", "70px"),
    { key: "made", header: "Trained", width: "100px", render: (model) => <Time at={model.created_at} /> },
    ...(mayRun ? [{ key: "suggest", header: "", width: "92px", align: "end" as const, render: (model: ModelVersion) => (model.state === "promoted" && model.meaning_holds ? <Suggest model={model} /> : null) }] : []),
  ];
  return (
    <>
      <PageHeader
        title="Models"
        lead="Heads on frozen embeddings, one per clause and round, measured on posts that no head ever learns from. Of each clause the promoted one suggests: the newest, until a person promotes one."
      />
      <DriftedNotice projectId={projectId} />
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

/** Have it say again what it thinks of the posts that people are asked about now. */
function Suggest({ model }: { model: ModelVersion }) {
  const suggest = useMutation({
    mutationFn: () => taken(api.POST("/api/models/{model_id}/suggestions/", { params: { path: { model_id: model.id } } })),
    onSuccess: () => announce("A worker stores its suggestions for the posts that are asked about. Jobs shows how far it is."),
    onError: announceProblem,
  });
  return (
    <Button size="compact-xs" variant="default" loading={suggest.isPending} aria-label={`Suggest with ${model.clause_key}, version ${model.number}`} onClick={() => suggest.mutate()}>
      Suggest
    </Button>
  );
}
