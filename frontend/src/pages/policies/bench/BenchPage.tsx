import { Button } from "@mantine/core";
import { IconPlus, IconServer2, IconTestPipe } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { usePages } from "@/api/pages";
import { useMay } from "@/api/session";
import { AppLink, type Column, DataTable, EmptyState, PageHeader, plural, QueryView, Time, useProjectId, useRouteParam, useShortcuts } from "@/ui";
import { policyQuery } from "../queries";
import type { PolicyDetail } from "../shapes";
import { BenchState } from "./BenchState";
import { type BenchRun, runsPage } from "./queries";
import { StartBenchDialog } from "./StartBenchDialog";
import { kappaWords, shareWords } from "./words";

const refreshMs = 4000;

/** `/p/:id/policies/:policyId/bench`: the policy's texts tried on decided posts before people read them. */
export default function BenchPage() {
  const query = useQuery(policyQuery(useRouteParam("policyId")));
  return <QueryView query={query}>{(policy) => <BenchView policy={policy} />}</QueryView>;
}

function BenchView({ policy }: { policy: PolicyDetail }) {
  const projectId = useProjectId();
  const navigate = useNavigate();
  const search: Record<string, unknown> = useSearch({ strict: false });
  const release = policy.releases.find((one) => one.id === search["release"]);
  const mayRun = useMay(projectId, "judges.run");
  const mayKeep = useMay(projectId, "endpoints.keep");
  const [isStarting, setStarting] = useState(release !== undefined && mayRun);
  const base = `/p/${projectId}/policies/${policy.id}`;
  const runs = usePages(["bench runs", policy.id], (cursor) => runsPage(projectId, policy.id, cursor), { refetchInterval: refreshMs });
  useShortcuts(mayRun ? [{ id: "bench.start", label: "Try a text", keys: "n", run: () => setStarting(true) }] : []);
  const start = mayRun ? (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setStarting(true)}>
      Try a text
    </Button>
  ) : undefined;
  return (
    <>
      <PageHeader
        title="Test bench"
        lead="A model judges posts that people have decided, by the text alone. Where it errs, people may too: mend the text before they read it."
        crumbs={[
          { label: "Policies", to: `/p/${projectId}/policies` },
          { label: policy.title, to: base },
        ]}
        actions={
          <>
            {mayKeep && (
              <Button component={AppLink} variant="default" leftSection={<IconServer2 size={16} aria-hidden />} to={`/p/${projectId}/endpoints`}>
                Endpoints
              </Button>
            )}
            {runs.rows.length > 0 && start}
          </>
        }
      />
      <DataTable
        label="Trials"
        columns={columns(base)}
        rows={runs.rows}
        rowKey={(run) => run.id}
        query={runs}
        onOpen={(run) => void navigate({ to: `${base}/bench/${run.id}` })}
        empty={
          <EmptyState icon={IconTestPipe} title="No text was tried yet" actions={start}>
            {mayRun
              ? "Choose a draft, a model, and how many decided posts. You see what it would cost before anything is sent."
              : "Writers, engineers and managers try texts; what came of it appears here."}
          </EmptyState>
        }
      />
      {mayRun && <StartBenchDialog policy={policy} first={release?.id ?? null} isOpen={isStarting} onClose={() => setStarting(false)} />}
    </>
  );
}

function columns(base: string): readonly Column<BenchRun>[] {
  return [
    {
      key: "text",
      header: "Text",
      render: (run) => (
        <AppLink to={`${base}/bench/${run.id}`}>
          {run.release_label}
          {run.baseline_label !== "" && ` against ${run.baseline_label}`}
        </AppLink>
      ),
    },
    { key: "model", header: "Judge", width: "18%", truncate: true, render: (run) => run.model_told.name },
    { key: "clauses", header: "Clauses", width: "110px", align: "end", render: (run) => plural(run.clause_keys.length, "clause") },
    { key: "agreement", header: "With people", width: "120px", align: "end", render: (run) => worst(run) },
    { key: "flips", header: "Flips", width: "80px", align: "end", render: (run) => flips(run) },
    { key: "state", header: "State", width: "170px", render: (run) => <BenchState run={run} /> },
    { key: "started", header: "Started", width: "120px", render: (run) => <Time at={run.created_at} /> },
  ];
}

/** The clause on which the judge agrees least is the one to look at. */
function worst(run: BenchRun) {
  const clauses = run.figures?.clauses.flatMap((clause) => (clause.candidate === null ? [] : [clause.candidate])) ?? [];
  const least = [...clauses].sort((a, b) => (a.agreement.value ?? 2) - (b.agreement.value ?? 2))[0];
  if (least === undefined) return "—";
  return <span title={`κ ${kappaWords(least.kappa)}; of several clauses the least`}>{shareWords(least.agreement)}</span>;
}

function flips(run: BenchRun): string {
  if (run.figures === null || run.baseline_id === null) return "—";
  return String(run.figures.clauses.reduce((sum, clause) => sum + (clause.flips?.share.hits ?? 0), 0));
}
