import { Button } from "@mantine/core";
import { IconPlus, IconSearch } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { usePages } from "@/api/pages";
import { useMay } from "@/api/session";
import { AppLink, type Column, count, DataTable, EmptyState, PageHeader, percent, plural, Time, useProjectId, useShortcuts } from "@/ui";
import { type Scan, scansPage } from "./queries";
import { RunState } from "./RunState";
import { StartScanDialog } from "./StartScanDialog";
import { intervalWords } from "./wording";

const refreshMs = 4000;

/** `/p/:id/scans`: every search for answers that are likely wrong. */
export default function ScansPage() {
  const projectId = useProjectId();
  const navigate = useNavigate();
  const mayRun = useMay(projectId, "models.run");
  const [isStarting, setStarting] = useState(false);
  const scans = usePages(["scans", projectId], (cursor) => scansPage(projectId, cursor), { refetchInterval: refreshMs });
  useShortcuts(mayRun ? [{ id: "scans.start", label: "Start a noise scan", keys: "n", run: () => setStarting(true) }] : []);
  const columns: readonly Column<Scan>[] = [
    {
      key: "clauses",
      header: "Looked through",
      render: (scan) => (
        <AppLink to={`/p/${projectId}/scans/${scan.id}`}>
          {scan.clause_keys.length <= 2 ? scan.clause_keys.join(", ") : plural(scan.clause_keys.length, "clause")}
        </AppLink>
      ),
    },
    { key: "release", header: "Release", width: "19%", truncate: true, render: (scan) => <code>{scan.release_label}</code> },
    { key: "suspects", header: "Suspects", width: "100px", align: "end", render: (scan) => count(scan.suspects_count) },
    { key: "pending", header: "To review", width: "100px", align: "end", render: (scan) => count(scan.pending_count) },
    {
      key: "precision",
      header: "Wrong, of reviewed",
      width: "150px",
      align: "end",
      render: (scan) =>
        scan.precision.value === null ? "—" : <span title={intervalWords(scan.precision)}>{percent(scan.precision.value, 0)}</span>,
    },
    { key: "state", header: "State", width: "150px", render: (scan) => <RunState run={scan} /> },
    { key: "started", header: "Started", width: "120px", render: (scan) => <Time at={scan.created_at} /> },
  ];
  const actions = mayRun ? (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setStarting(true)}>
      Start a scan
    </Button>
  ) : undefined;
  return (
    <>
      <PageHeader
        title="Noise scans"
        lead="A scan predicts every decided post with heads that never saw it, and lists the answers that look wrong."
        actions={scans.rows.length > 0 ? actions : undefined}
      />
      <DataTable
        label="Noise scans"
        columns={columns}
        rows={scans.rows}
        rowKey={(scan) => scan.id}
        query={scans}
        onOpen={(scan) => void navigate({ to: `/p/${projectId}/scans/${scan.id}` })}
        empty={
          <EmptyState icon={IconSearch} title="No scans yet" actions={actions}>
            {mayRun
              ? "Start one once posts are decided. Reviewing what it finds measures how good it is."
              : "An engineer of the project starts them; what they found appears here."}
          </EmptyState>
        }
      />
      <StartScanDialog projectId={projectId} isOpen={isStarting} onClose={() => setStarting(false)} />
    </>
  );
}
