import { Modal } from "@mantine/core";
import { useState } from "react";
import { api, taken } from "@/api/client";
import { usePages } from "@/api/pages";
import { type Column, count, DataTable, EmptyState, Panel, Time } from "@/ui";
import { ImportOutcome } from "./ImportOutcome";
import type { PostImport } from "./shapes";

const columns: readonly Column<PostImport>[] = [
  { key: "name", header: "Manifest", truncate: true, render: (row) => <span dir="auto">{row.name}</span> },
  { key: "added", header: "Added", width: "110px", align: "end", render: (row) => count(row.posts_added) },
  { key: "existing", header: "Here already", width: "130px", align: "end", render: (row) => count(row.posts_existing) },
  { key: "problems", header: "Problems", width: "110px", align: "end", render: (row) => count(row.problem_count) },
  { key: "when", header: "Handed in", width: "140px", render: (row) => <Time at={row.created_at} /> },
];

/** The manifests handed in before; Enter shows what became of one. */
export function ImportHistory({ projectId }: { projectId: string }) {
  const [opened, setOpened] = useState<PostImport | null>(null);
  const imports = usePages(["imports", projectId], (cursor) =>
    taken(
      api.GET("/api/projects/{project_id}/imports/", { params: { path: { project_id: projectId }, query: { cursor } } }),
    ),
  );
  return (
    <Panel title="Earlier imports" flush={imports.rows.length > 0}>
      <DataTable
        label="Earlier imports"
        columns={columns}
        rows={imports.rows}
        rowKey={(row) => row.id}
        onOpen={setOpened}
        query={imports}
        empty={<EmptyState framed={false} title="Nothing was imported yet">Start with the files above, or with a manifest of texts.</EmptyState>}
      />
      <Modal opened={opened !== null} onClose={() => setOpened(null)} title={opened?.name ?? ""} size="xl">
        {opened !== null && <ImportOutcome importId={opened.id} projectId={projectId} />}
      </Modal>
    </Panel>
  );
}
