import { IconAdjustments, IconArrowsShuffle } from "@tabler/icons-react";
import { usePages } from "@/api/pages";
import { AppLink, type Column, DataTable, EmptyState, Panel, percent, StatusBadge } from "@/ui";
import { Nearest } from "./Nearest";
import { type Pick, picksPage, type Round } from "./queries";

/** What a round chose, best first, and why. */
export function PicksTable({ round, answerLabel }: { round: Round; answerLabel: (value: string) => string }) {
  const picks = usePages(["picks", round.id], (cursor) => picksPage(round.id, cursor));
  const columns: readonly Column<Pick>[] = [
    { key: "rank", header: "Rank", width: "64px", align: "end", render: (pick) => pick.rank + 1 },
    {
      key: "post",
      header: "Post",
      width: "16%",
      truncate: true,
      render: (pick) => <AppLink to={`/p/${round.project_id}/posts/${pick.post_id}`}>{pick.external_id}</AppLink>,
    },
    {
      key: "how",
      header: "Chosen by",
      width: "130px",
      render: (pick) =>
        pick.is_random ? (
          <StatusBadge state="random" label="Random" icon={IconArrowsShuffle} tone="wait" />
        ) : (
          <StatusBadge state="strategy" label="Strategy" icon={IconAdjustments} tone="info" />
        ),
    },
    {
      key: "reason",
      header: "Why",
      width: "24%",
      render: (pick) => pick.reason,
    },
    {
      key: "harm",
      header: "Chance of harm",
      width: "120px",
      align: "end",
      render: (pick) => (pick.probability === null ? "—" : percent(pick.probability, 0)),
    },
    {
      key: "nearest",
      header: "Nearest answered posts",
      width: "28%",
      render: (pick) => <Nearest neighbours={pick.nearest} projectId={round.project_id} answerLabel={answerLabel} />,
    },
  ];
  return (
    <Panel title="What it chose" note="Each became a task. Random ones carry no score, so that prevalence and recall can be estimated from them." flush>
      <DataTable
        label="Chosen posts"
        columns={columns}
        rows={picks.rows}
        rowKey={(pick) => pick.id}
        query={picks}
        empty={
          <EmptyState framed={false} title="Nothing was left to choose">
            Every post is answered, asked about already, or kept for the held-out set.
          </EmptyState>
        }
      />
    </Panel>
  );
}
