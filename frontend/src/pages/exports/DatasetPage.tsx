import { Button, Checkbox } from "@mantine/core";
import { IconArrowsDiff, IconPackage, IconPencil } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { api, taken } from "@/api/client";
import { type PagedQuery, usePages } from "@/api/pages";
import { ApiProblem } from "@/api/problem";
import { useMay } from "@/api/session";
import {
  announceProblem,
  AppLink,
  type Column,
  count,
  DataTable,
  EmptyState,
  PageHeader,
  Panel,
  QueryView,
  Stacked,
  StatusBadge,
  Time,
  useProjectId,
  useRouteParam,
  useShortcuts,
} from "@/ui";
import { BuildAnywayDialog } from "./BuildAnywayDialog";
import { BuildProgress } from "./BuildProgress";
import { DefinitionFacts } from "./DefinitionFacts";
import { KindList } from "./KindList";
import { type Dataset, datasetQuery, releaseLabelQuery, type Version } from "./queries";
import { allRows } from "./wording";

/** One dataset: its definition, and the versions that were built from it. */
export default function DatasetPage() {
  const dataset = useQuery(datasetQuery(useRouteParam("datasetId")));
  return <QueryView query={dataset}>{(loaded) => <DatasetView dataset={loaded} />}</QueryView>;
}

function DatasetView({ dataset }: { dataset: Dataset }) {
  const projectId = useProjectId();
  const queries = useQueryClient();
  const mayExport = useMay(projectId, "datasets.export");
  const mayApprove = useMay(projectId, "policy.approve");
  const [inTheWay, setInTheWay] = useState<string | null>(null);
  const navigate = useNavigate();
  const named = dataset.definition["release_id"];
  const release = useQuery({ ...releaseLabelQuery(typeof named === "string" ? named : ""), enabled: typeof named === "string" });
  const key = ["versions", dataset.id];
  const versions = usePages(key, (cursor) =>
    taken(
      api.GET("/api/datasets/{dataset_id}/versions/", { params: { path: { dataset_id: dataset.id }, query: { cursor } } }),
    ),
  );
  const building = versions.rows.find((version) => version.state === "building");
  const refresh = () =>
    Promise.all([
      queries.invalidateQueries({ queryKey: key }),
      queries.invalidateQueries({ queryKey: ["dataset", dataset.id] }),
      queries.invalidateQueries({ queryKey: ["datasets", projectId] }),
    ]);
  const build = useMutation({
    mutationFn: () =>
      taken(
        api.POST("/api/datasets/{dataset_id}/versions/", { params: { path: { dataset_id: dataset.id } }, body: {} }),
      ),
    onSuccess: refresh,
    onError: (error) => {
      if (error instanceof ApiProblem && error.code === "campaigns_unfinished" && mayApprove) setInTheWay(error.message);
      else announceProblem(error);
    },
  });
  const waits = typeof dataset.definition["campaigns_share"] === "number";
  const canBuild = mayExport && building === undefined && versions.isSuccess;
  useShortcuts(canBuild ? [{ id: "dataset.build", label: "Build a version", keys: "b", run: () => build.mutate() }] : []);
  const action = mayExport ? (
    <Button
      leftSection={<IconPackage size={16} aria-hidden />}
      loading={build.isPending}
      disabled={!canBuild}
      onClick={() => build.mutate()}
    >
      Build a version
    </Button>
  ) : mayApprove && waits && building === undefined ? (
    <Button
      variant="default"
      leftSection={<IconPackage size={16} aria-hidden />}
      onClick={() => setInTheWay("This dataset waits for the re-labelling of its release.")}
    >
      Build before the re-labelling is done
    </Button>
  ) : undefined;
  return (
    <>
      <PageHeader
        title={dataset.title}
        crumbs={[{ label: "Datasets", to: `/p/${projectId}/datasets` }]}
        lead={
          <>
            <code>{dataset.name}</code> <KindList kinds={dataset.kinds} />
          </>
        }
        actions={action}
      />
      <BuildAnywayDialog
        datasetId={dataset.id}
        why={inTheWay}
        onClose={() => setInTheWay(null)}
        onStarted={refresh}
      />
      <Stacked>
        {building !== undefined && building.job_id !== null && (
          <Panel>
            <BuildProgress jobId={building.job_id} title={`Building version ${building.number}`} onEnd={refresh} />
          </Panel>
        )}
        <Versions dataset={dataset} versions={versions} mayExport={mayExport} />
        <Panel
          title="Definition"
          note="The next version is built from this. Versions keep the definition they were built from."
          actions={
            mayExport ? (
              <Button
                variant="default"
                size="xs"
                leftSection={<IconPencil size={15} aria-hidden />}
                onClick={() => void navigate({ to: `/p/${projectId}/datasets/${dataset.id}/definition` })}
              >
                Change the definition
              </Button>
            ) : undefined
          }
        >
          <DefinitionFacts definition={dataset.definition} releaseLabel={release.data?.label} />
        </Panel>
      </Stacked>
    </>
  );
}

/** Whether rows rest on people, on simulated annotators, or on both. */
function WhoAnswered({ version }: { version: Version }) {
  const simulated = Object.values(version.simulated).reduce((sum, rows) => sum + rows, 0);
  if (version.state !== "ready") return "—";
  if (simulated === 0) return "People";
  return <StatusBadge state="simulated" label={simulated < allRows(version.counts) ? "Partly simulated" : "Simulated"} />;
}

function Versions({
  dataset,
  versions,
  mayExport,
}: {
  dataset: Dataset;
  versions: PagedQuery<Version>;
  mayExport: boolean;
}) {
  const projectId = useProjectId();
  const navigate = useNavigate();
  const [marked, setMarked] = useState<readonly string[]>([]);
  const pair = versions.rows.filter((version) => marked.includes(version.id)).sort((a, b) => b.number - a.number);
  const [newer, older] = pair;
  const address = (version: Version) => `/p/${projectId}/datasets/${dataset.id}/versions/${version.id}`;
  const columns: readonly Column<Version>[] = [
    {
      key: "mark",
      header: "Compare",
      width: "92px",
      render: (version) => (
        <Checkbox
          aria-label={`Mark version ${version.number} for comparison`}
          size="xs"
          disabled={version.state !== "ready" || (marked.length >= 2 && !marked.includes(version.id))}
          checked={marked.includes(version.id)}
          onChange={(event) =>
            setMarked(
              event.currentTarget.checked ? [...marked, version.id] : marked.filter((id) => id !== version.id),
            )
          }
        />
      ),
    },
    {
      key: "number",
      header: "Version",
      width: "110px",
      render: (version) => <AppLink to={address(version)}>Version {version.number}</AppLink>,
    },
    { key: "state", header: "State", width: "120px", render: (version) => <StatusBadge state={version.state} /> },
    { key: "release", header: "Release", render: (version) => <code>{version.release_label}</code> },
    {
      key: "rows",
      header: "Rows",
      align: "end",
      width: "100px",
      render: (version) => (version.state === "ready" ? count(allRows(version.counts)) : "—"),
    },
    {
      key: "simulated",
      header: "Answers",
      width: "130px",
      render: (version) => <WhoAnswered version={version} />,
    },
    { key: "by", header: "Built by", width: "16%", truncate: true, render: (version) => version.requested_by ?? "—" },
    { key: "at", header: "Started", width: "120px", render: (version) => <Time at={version.created_at} /> },
  ];
  return (
    <Panel
      title="Versions"
      flush
      actions={
        versions.rows.length > 1 ? (
          <Button
            variant="default"
            size="xs"
            leftSection={<IconArrowsDiff size={15} aria-hidden />}
            disabled={newer === undefined || older === undefined}
            onClick={() => {
              if (newer !== undefined && older !== undefined) {
                void navigate({ to: `${address(newer)}/against/${older.id}` });
              }
            }}
          >
            Compare the two marked
          </Button>
        ) : undefined
      }
    >
      <DataTable
        label={`versions of ${dataset.title}`}
        columns={columns}
        rows={versions.rows}
        rowKey={(version) => version.id}
        query={versions}
        onOpen={(version) => void navigate({ to: address(version) })}
        isSelected={(version) => marked.includes(version.id)}
        empty={
          <EmptyState icon={IconPackage} title="No version yet" framed={false}>
            {mayExport
              ? "Build the first one. It takes what the project holds true now, and never changes afterwards."
              : "An engineer of the project builds them."}
          </EmptyState>
        }
      />
    </Panel>
  );
}
