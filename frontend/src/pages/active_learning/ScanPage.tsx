import { Button } from "@mantine/core";
import { IconFlag } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useMay } from "@/api/session";
import { count, Kbd, PageHeader, plural, QueryView, Segments, Stacked, useRouteParam, useShortcuts } from "@/ui";
import { AnnotatorsView } from "./AnnotatorsView";
import { FindingsView } from "./FindingsView";
import { type FindingKind, type Look, type ScanDetail, scanQuery, type SuspectKind } from "./queries";
import { RunProgress, RunState } from "./RunState";
import { SuspectsView } from "./SuspectsView";
import { suspectKinds } from "./wording";

/** `/p/:id/scans/:scanId`: what one scan doubts, and how right it has been. */
export default function ScanPage() {
  const scan = useQuery(scanQuery(useRouteParam("scanId")));
  return <QueryView query={scan}>{(found) => <ScanView scan={found} />}</QueryView>;
}

function ScanView({ scan }: { scan: ScanDetail }) {
  const navigate = useNavigate();
  const mayReview = useMay(scan.project_id, "review.decide");
  // Gold is told to those who keep it.
  const offered = views.filter(
    (view) => view.value === "people" || (tallied(scan, view.value) !== null && (view.look === undefined || scan.looks.includes(view.look))),
  );
  const [chosen, show] = useView();
  const view = offered.some(({ value }) => value === chosen) ? chosen : (offered[0]?.value ?? "answer");
  const shown = scan.kinds.find((row) => row.kind === view);
  const canReview = mayReview && (shown?.pending ?? 0) > 0;
  const review = (): void => void navigate({ to: `/p/${scan.project_id}/scans/${scan.id}/review`, search: { kind: view } });
  useShortcuts(canReview ? [{ id: "scan.review", label: "Review the suspects", keys: "r", run: review }] : []);
  return (
    <>
      <PageHeader
        title={scan.clause_keys.length === 1 ? `Scan of ${scan.clause_keys[0] ?? ""}` : `Scan of ${plural(scan.clause_keys.length, "clause")}`}
        lead={
          <>
            Under <code>{scan.release_label}</code>, with the encoder <code>{scan.encoder}</code> and seed {scan.seed}
          </>
        }
        crumbs={[{ label: "Noise scans", to: `/p/${scan.project_id}/scans` }]}
        badge={<RunState run={scan} />}
        actions={
          canReview && (
            <Button leftSection={<IconFlag size={16} aria-hidden />} rightSection={<Kbd keys="r" quiet />} onClick={review}>
              Review the suspects
            </Button>
          )
        }
      />
      <Stacked>
        <RunProgress run={scan} title="Looking for answers that look wrong" refreshes={["scan", scan.id]} />
        {scan.finished_at !== null && (
          <>
            <Segments
              aria-label="What the scan found"
              value={view}
              onChange={show}
              data={offered.map(({ value, label }) => ({ value, label: `${label} ${tallied(scan, value) ?? ""}`.trim() }))}
              style={{ justifySelf: "start" }}
            />
            <Found scan={scan} view={view} />
          </>
        )}
      </Stacked>
    </>
  );
}

type View = SuspectKind | FindingKind | "people";
const views: readonly { readonly value: View; readonly label: string; readonly look?: Look }[] = [
  ...suspectKinds,
  { value: "leakage", label: "Leakage" },
  { value: "outlier", label: "Outliers" },
  { value: "gold", label: "Gold" },
  { value: "people", label: "People" },
];

/** Which of the findings is on the page: part of its address. */
function useView(): readonly [View, (view: View) => void] {
  const navigate = useNavigate();
  const search: Record<string, unknown> = useSearch({ strict: false });
  const view = views.find(({ value }) => value === search["kind"])?.value ?? "answer";
  return [view, (next) => void navigate({ to: ".", search: next === "answer" ? {} : { kind: next }, replace: true })];
}

function tallied(scan: ScanDetail, view: View): string | null {
  const total = scan.kinds.find((row) => row.kind === view)?.suspects ?? scan.findings.find((row) => row.kind === view)?.findings;
  return total === undefined ? null : count(total);
}

function Found({ scan, view }: { scan: ScanDetail; view: View }) {
  if (view === "people") return <AnnotatorsView scan={scan} />;
  if (view === "leakage" || view === "outlier" || view === "gold") return <FindingsView key={view} scan={scan} kind={view} />;
  return <SuspectsView scan={scan} kind={view} />;
}
