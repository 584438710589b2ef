import { SegmentedControl } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, taken } from "@/api/client";
import type { components } from "@/api/schema";
import { type Column, count, DataTable, duration, EmptyState, Panel, percent, sentenceCase, StatusBadge } from "@/ui";
import { languageName } from "@/pages/content/shapes";
import classes from "./ProgressPanel.module.css";

type Row = components["schemas"]["ProgressRowOutput"];
type By = "clause" | "language" | "source" | "person";

const respects: readonly { readonly value: By; readonly label: string }[] = [
  { value: "clause", label: "Clause" },
  { value: "language", label: "Language" },
  { value: "source", label: "Order" },
  { value: "person", label: "Person" },
];

/** What ordered tasks, in words. */
const sources: Readonly<Record<string, string>> = {
  manual: "Asked by hand",
  round: "Rounds of active learning",
  review: "Asked once more",
  suspect: "Suspects of a noise scan",
  import: "With an import",
};

/** How far the label work is: answers asked for and given, in one respect or another. */
export function ProgressPanel({ projectId }: { projectId: string }) {
  const [by, setBy] = useState<By>("clause");
  const progress = useQuery({
    queryKey: ["progress", projectId, by],
    queryFn: () =>
      taken(api.GET("/api/projects/{project_id}/progress/", { params: { path: { project_id: projectId }, query: { by } } })),
    staleTime: 30_000,
  });
  return (
    <Panel
      title="Label work"
      note="Answers asked for and given; items with a known answer are left out."
      actions={
        <SegmentedControl
          size="xs"
          aria-label="Progress by"
          value={by}
          onChange={(value) => setBy(respects.find((respect) => respect.value === value)?.value ?? "clause")}
          data={[...respects]}
        />
      }
      flush
    >
      <DataTable
        label={`Progress by ${respects.find((respect) => respect.value === by)?.label.toLowerCase() ?? by}`}
        columns={by === "person" ? people : asked(by)}
        rows={progress.data?.rows ?? []}
        rowKey={(row) => row.key}
        query={{ ...progress, hasNextPage: false, isFetchingNextPage: false, fetchNextPage: () => undefined }}
        empty={<EmptyState title={by === "person" ? "Nobody has answered yet" : "Nothing is asked yet"}>It fills as soon as posts are asked about.</EmptyState>}
      />
    </Panel>
  );
}

function asked(by: By): readonly Column<Row>[] {
  return [
    { key: "name", header: respects.find((respect) => respect.value === by)?.label ?? "", render: (row) => nameOf(by, row) },
    { key: "posts", header: "Posts", width: "100px", align: "end", render: (row) => count(row.posts) },
    { key: "given", header: "Answers", width: "150px", align: "end", render: (row) => `${count(row.given)} of ${count(row.wanted ?? 0)}` },
    { key: "held", header: "At work", width: "100px", align: "end", render: (row) => count(row.held ?? 0) },
    { key: "share", header: "Done", width: "190px", render: (row) => <Done share={row.given / Math.max(row.wanted ?? 0, 1)} /> },
  ];
}

const people: readonly Column<Row>[] = [
  {
    key: "name",
    header: "Person",
    render: (row) => (
      <>
        {row.name === "" ? "Not a member any more" : row.name} {row.is_simulated === true && <StatusBadge state="simulated" />}
      </>
    ),
  },
  { key: "posts", header: "Posts", width: "100px", align: "end", render: (row) => count(row.posts) },
  { key: "given", header: "Answers", width: "110px", align: "end", render: (row) => count(row.given) },
  { key: "day", header: "Last day", width: "110px", align: "end", render: (row) => count(row.last_day ?? 0) },
  { key: "skipped", header: "Skipped", width: "110px", align: "end", render: (row) => count(row.skipped ?? 0) },
  { key: "time", header: "Time at work", width: "140px", align: "end", render: (row) => duration(row.active_ms ?? 0) },
];

function nameOf(by: By, row: Row): string {
  if (by === "clause") return row.name;
  if (by === "language") return languageName(row.key);
  if (row.key.startsWith("campaign:")) return `Campaign for ${row.name === "" ? "a release" : row.name}`;
  return sources[row.key] ?? sentenceCase(row.key.replaceAll("_", " "));
}

function Done({ share }: { share: number }) {
  return (
    <span className={classes.done}>
      <span className={classes.track} aria-hidden>
        <span style={{ width: `${Math.min(share, 1) * 100}%` }} />
      </span>
      {percent(share, 0)}
    </span>
  );
}
