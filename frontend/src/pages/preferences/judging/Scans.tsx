import { usePages } from "@/api/pages";
import { api, taken } from "@/api/client";
import type { components } from "@/api/schema";
import { type Column, count, DataTable, EmptyState, Panel, percent, plural, Time } from "@/ui";
import { IconSearch } from "@tabler/icons-react";
import { shareTold } from "./figures";

type Scan = components["schemas"]["JudgingScanOutput"];

/** Every search for judgments that fight everything else on one axis: when, by whom, over what, and what came of it. */
export function Scans({ clauseKey, projectId }: { clauseKey: string; projectId: string }) {
  const scans = usePages(["judging-scans", projectId, clauseKey], (cursor) =>
    taken(
      api.GET("/api/projects/{project_id}/judging/scans/", {
        params: { path: { project_id: projectId }, query: { clause_key: clauseKey, ...(cursor === undefined ? {} : { cursor }) } },
      }),
    ),
  );
  return (
    <Panel title="Searches for them so far" note="Each measurement looks for them anew; those that a reviewer spoke on are not found again." flush>
      <DataTable
        label="Searches for judgments that fight everything else"
        columns={columns}
        rows={scans.rows}
        rowKey={(scan) => scan.id}
        query={scans}
        empty={
          <EmptyState framed={false} icon={IconSearch} title="None kept yet">
            The next measurement is kept here, with what it found.
          </EmptyState>
        }
      />
    </Panel>
  );
}

const columns: readonly Column<Scan>[] = [
  { key: "when", header: "When", width: "130px", render: (scan) => <Time at={scan.measured_at} /> },
  { key: "who", header: "By", render: (scan) => scan.requested_by ?? "—" },
  {
    key: "over",
    header: "Over",
    render: (scan) => [plural(scan.judgments, "judgment"), ...(scan.orders > 0 ? [plural(scan.orders, "order")] : [])].join(", "),
  },
  {
    key: "settings",
    header: "Less probable than",
    width: "150px",
    align: "end",
    render: (scan) => (
      <span title={`${percent(scan.settings.turned_below, 0)} where its person said the opposite when asked again; ${scan.settings.folds} folds, seed ${scan.settings.seed}`}>
        {percent(scan.settings.below, 0)}
      </span>
    ),
  },
  {
    key: "found",
    header: "Found",
    width: "150px",
    align: "end",
    render: (scan) => (scan.suspected_orders > 0 ? `${count(scan.suspects)}, ${plural(scan.suspected_orders, "order")}` : count(scan.suspects)),
  },
  {
    key: "wrong",
    header: "Wrong, of reviewed",
    width: "170px",
    align: "end",
    render: (scan) => {
      const wrong = shareTold(scan.wrong, "none reviewed yet");
      return <span title={wrong.note}>{wrong.value}</span>;
    },
  },
];
