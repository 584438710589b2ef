import { useQuery } from "@tanstack/react-query";
import { api, taken } from "@/api/client";
import type { components } from "@/api/schema";
import { AppLink, type Column, DataTable, Panel, StatusBadge, Time } from "@/ui";
import { kindWords, resultWords, shareWords } from "./known";
import classes from "./OwnKnownPairs.module.css";

type Row = components["schemas"]["OwnKnownPairOutput"];

/** One's own results on pairs whose answers were known, where the project shows them; attention pairs apart. */
export function OwnKnownPairs({ projectId }: { projectId: string }) {
  const own = useQuery({
    queryKey: ["my-gold-pairs", projectId],
    queryFn: () => taken(api.GET("/api/projects/{project_id}/my-gold-pairs/", { params: { path: { project_id: projectId } } })),
  });
  if (own.data === undefined || !own.data.are_shown || own.data.results.length === 0) return null;
  const columns: readonly Column<Row>[] = [
    { key: "pair", header: "Pair", width: "170px", render: (row) => <AppLink to={`/p/${projectId}/compare?lease=${row.lease_id}`}>See it again</AppLink> },
    { key: "kind", header: "Asked for", width: "130px", render: (row) => kindWords(row.kind) },
    {
      key: "result",
      header: "Your judgment",
      render: (row) => <StatusBadge state={row.passed ? "passed" : "missed"} tone={row.passed ? "good" : "wait"} label={resultWords(row)} />,
    },
    { key: "why", header: "Why", render: (row) => <span dir="auto">{row.explanation}</span> },
    { key: "when", header: "Sent", width: "140px", render: (row) => <Time at={row.created_at} /> },
  ];
  return (
    <Panel title="Pairs whose answer was known" note="Some pairs you get have known answers. These are the ones you have judged." flush>
      <DataTable label="your results on pairs" rows={own.data.results} columns={columns} rowKey={(row) => row.submission_id} />
      <ul className={classes.counts}>
        {own.data.counts.map(({ kind, share }) => (
          <li key={kind}>
            <strong>{kindWords(kind)}</strong> {shareWords(share)}
          </li>
        ))}
      </ul>
    </Panel>
  );
}
