import { api, taken } from "@/api/client";
import { usePages } from "@/api/pages";
import type { components } from "@/api/schema";
import { type Column, DataTable, EmptyState, PageHeader, Time, useProjectId } from "@/ui";

type Entry = components["schemas"]["AuditEventOutput"];

const columns: readonly Column<Entry>[] = [
  { key: "at", header: "When", width: "140px", render: (entry) => <Time at={entry.created_at} /> },
  { key: "who", header: "Who", width: "200px", render: (entry) => entry.actor ?? "Concord itself" },
  { key: "what", header: "What", width: "220px", render: (entry) => <code>{entry.action}</code> },
  {
    key: "target",
    header: "On",
    truncate: true,
    render: (entry) => (entry.target_kind === "" ? "—" : `${entry.target_kind} $`),
  },
];

/** Everything written in the project, by whom and when. Nothing here can be changed. */
export default function AuditPage() {
  const projectId = useProjectId();
  const entries = usePages(["audit", projectId], (cursor) =>
    taken(api.GET("/api/projects/{project_id}/audit/", { params: { path: { project_id: projectId }, query: { cursor } } })),
  );
  return (
    <>
      <PageHeader title="Audit" lead="Every write of this project, newest first. The database refuses to change these rows." />
      <DataTable
        label="Audit entries"
        columns={columns}
        rows={entries.rows}
        rowKey={(entry) => entry.id}
        query={entries}
        empty={<EmptyState title="Nothing has been written yet" />}
      />
    </>
  );
}
