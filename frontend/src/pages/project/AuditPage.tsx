import { Select } from "@mantine/core";
import { useState } from "react";
import { api, taken } from "@/api/client";
import { usePages } from "@/api/pages";
import { type Column, count, DataTable, EmptyState, PageHeader, Time, useProjectId } from "@/ui";
import { actionWords, auditNouns, type Run, runsOf, targetWords } from "./auditWords";

const columns: readonly Column<Run>[] = [
  { key: "at", header: "When", width: "140px", render: ({ first }) => <Time at={first.created_at} /> },
  { key: "who", header: "Who", width: "200px", render: ({ first }) => first.actor ?? "Concord itself" },
  {
    key: "what",
    header: "What",
    render: (run) => (
      <span title={run.first.action}>
        {actionWords(run.first.action)}
        {run.count > 1 && `, ${count(run.count)} times`}
      </span>
    ),
  },
  {
    key: "target",
    header: "On",
    truncate: true,
    render: ({ first }) => <span title={`${first.target_kind} ${first.target_id}`}>{targetWords(first)}</span>,
  },
];

/** Everything written in the project, by whom and when. Nothing here can be changed. */
export default function AuditPage() {
  const projectId = useProjectId();
  const [noun, setNoun] = useState<string | null>(null);
  const entries = usePages(["audit", projectId, noun], (cursor) =>
    taken(
      api.GET("/api/projects/{project_id}/audit/", {
        params: { path: { project_id: projectId }, query: { cursor, action: noun ?? undefined } },
      }),
    ),
  );
  return (
    <>
      <PageHeader
        title="Audit"
        lead="Every write of this project, newest first; equal ones in a row stand together. The database refuses to change these rows."
        actions={
          <Select
            aria-label="Only about"
            placeholder="About everything"
            clearable
            value={noun}
            onChange={setNoun}
            data={[...auditNouns]}
          />
        }
      />
      <DataTable
        label="Audit entries"
        columns={columns}
        rows={runsOf(entries.rows)}
        rowKey={(run) => run.first.id}
        query={entries}
        empty={<EmptyState title="Nothing has been written yet" />}
      />
    </>
  );
}
