import { Button } from "@mantine/core";
import { IconAdjustments, IconMap2, IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { usePages } from "@/api/pages";
import { useMay } from "@/api/session";
import {
  AppLink,
  type Column,
  count,
  DataTable,
  EmptyState,
  PageHeader,
  percent,
  sentenceCase,
  Time,
  useProjectId,
  useShortcuts,
} from "@/ui";
import { PlansPanel } from "./plans/PlansPanel";
import { type Round, roundsPage, strategiesQuery } from "./queries";
import { RunState } from "./RunState";
import { StartRoundDialog } from "./StartRoundDialog";

const refreshMs = 4000;

/** `/p/:id/rounds`: every time a model chose what people should answer next. */
export default function RoundsPage() {
  const projectId = useProjectId();
  const navigate = useNavigate();
  const mayRun = useMay(projectId, "models.run");
  const [isStarting, setStarting] = useState(false);
  const strategies = useQuery(strategiesQuery);
  const rounds = usePages(["rounds", projectId], (cursor) => roundsPage(projectId, cursor), {
    refetchInterval: refreshMs,
  });
  useShortcuts(mayRun ? [{ id: "rounds.start", label: "Start a round", keys: "n", run: () => setStarting(true) }] : []);
  const labelOf = (name: string): string =>
    strategies.data?.find((strategy) => strategy.name === name)?.label ?? sentenceCase(name);
  const columns: readonly Column<Round>[] = [
    {
      key: "clause",
      header: "Clause",
      render: (round) => <AppLink to={`/p/${projectId}/rounds/${round.id}`}>{round.clause_key}</AppLink>,
    },
    { key: "release", header: "Release", width: "19%", truncate: true, render: (round) => <code>{round.release_label}</code> },
    { key: "strategy", header: "Strategy", width: "150px", render: (round) => labelOf(round.used_strategy || round.strategy) },
    {
      key: "picked",
      header: "Posts chosen",
      width: "120px",
      align: "end",
      render: (round) => `${count(round.picked)} of ${count(round.budget)}`,
    },
    { key: "random", header: "Random", width: "90px", align: "end", render: (round) => percent(round.random_share, 0) },
    { key: "state", header: "State", width: "170px", render: (round) => <RunState run={round} /> },
    { key: "started", header: "Started", width: "120px", render: (round) => <Time at={round.created_at} /> },
  ];
  const actions = mayRun ? (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setStarting(true)}>
      Start a round
    </Button>
  ) : undefined;
  return (
    <>
      <PageHeader
        title="Rounds"
        lead="A round encodes the posts, trains a head on what is decided, and asks people about the posts that teach it most."
        actions={
          rounds.rows.length > 0 && (
            <>
              <Button variant="default" leftSection={<IconMap2 size={16} aria-hidden />} onClick={() => void navigate({ to: `/p/${projectId}/map` })}>
                Choose on the map
              </Button>
              {actions}
            </>
          )
        }
      />
      <PlansPanel projectId={projectId} />
      <DataTable
        label="Rounds"
        columns={columns}
        rows={rounds.rows}
        rowKey={(round) => round.id}
        query={rounds}
        onOpen={(round) => void navigate({ to: `/p/${projectId}/rounds/${round.id}` })}
        empty={
          <EmptyState icon={IconAdjustments} title="No rounds yet" actions={actions}>
            {mayRun
              ? "The first one may come before any answer: it then covers the pool, and later rounds learn from what people said."
              : "An engineer of the project starts them; what they chose appears here."}
          </EmptyState>
        }
      />
      <StartRoundDialog projectId={projectId} isOpen={isStarting} onClose={() => setStarting(false)} />
    </>
  );
}
