import { IconEqual } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import {
  type Column,
  count,
  DataTable,
  EmptyState,
  Facts,
  Figures,
  LoadingState,
  PageHeader,
  Panel,
  QueryView,
  Stacked,
  StatusBadge,
  useProjectId,
  useRouteParam,
} from "@/ui";
import classes from "./CountsTable.module.css";
import { valueWords } from "./DefinitionFacts";
import { type Difference, differenceQuery, type KindDifference } from "./queries";
import { causeWords, fieldWords, textOf } from "./wording";

type ChangedRow = KindDifference["examples"][number];

/** What changed from one version to another, and why. */
export default function ComparisonPage() {
  const versionId = useRouteParam("versionId");
  const difference = useQuery(differenceQuery(versionId, useRouteParam("againstId")));
  return (
    <QueryView query={difference} loading={<LoadingState label="Comparing the versions row by row" lines={8} />}>
      {(loaded) => <ComparisonView difference={loaded} />}
    </QueryView>
  );
}

function ComparisonView({ difference }: { difference: Difference }) {
  const projectId = useProjectId();
  const { version, against } = difference;
  const releases =
    version.release_label === against.release_label
      ? `both under ${version.release_label}`
      : `from ${against.release_label} to ${version.release_label}`;
  return (
    <>
      <PageHeader
        title={`Version ${version.number} beside version ${against.number}`}
        crumbs={[
          { label: "Datasets", to: `/p/${projectId}/datasets` },
          { label: `${version.dataset} ${version.number}`, to: `/p/${projectId}/versions/${version.id}` },
        ]}
        lead={`What the newer one has more, less or otherwise, ${releases}.`}
      />
      <Stacked>
        {difference.is_identical && (
          <EmptyState icon={IconEqual} title="The same rows, byte for byte" tone="good">
            No answer that these versions rest on has changed between them.
          </EmptyState>
        )}
        {difference.definition_changes.length > 0 && (
          <Panel title="The definition changed">
            <Facts
              facts={difference.definition_changes.map((change) => [
                fieldWords(change.field),
                `${valueWords(change.field, change.before)} → ${valueWords(change.field, change.after)}`,
              ])}
            />
          </Panel>
        )}
        {Object.entries(difference.kinds).map(([kind, found]) => (
          <KindSection key={kind} kind={kind} found={found} />
        ))}
      </Stacked>
    </>
  );
}

function KindSection({ kind, found }: { kind: string; found: KindDifference }) {
  const changes = Object.entries(found.reasons).sort(([, a], [, b]) => b - a);
  return (
    <Panel title={<code>{kind}</code>}>
      <Stacked>
        <Figures
          figures={[
            { label: "Came in", value: count(found.rows_in) },
            { label: "Went out", value: count(found.rows_out) },
            { label: "Changed", value: count(found.rows_changed) },
            { label: "The same", value: count(found.rows_same) },
          ]}
        />
        {changes.length > 0 && (
          <ul className={classes.reasons} aria-label={`Why rows of ${kind} changed`}>
            {changes.map(([cause, rows]) => (
              <li key={cause}>
                <span>{causeWords(cause)}</span>
                <span className={classes.number}>{count(rows)}</span>
              </li>
            ))}
          </ul>
        )}
        {found.examples.length > 0 && (
          <DataTable
            label={`changed rows of ${kind}`}
            columns={columns}
            rows={found.examples}
            rowKey={(row) => row.example_id}
          />
        )}
      </Stacked>
    </Panel>
  );
}

const signs: Readonly<Record<string, { label: string; tone: "good" | "bad" | "info" }>> = {
  in: { label: "Came in", tone: "good" },
  out: { label: "Went out", tone: "bad" },
  changed: { label: "Changed", tone: "info" },
};

const columns: readonly Column<ChangedRow>[] = [
  {
    key: "change",
    header: "Change",
    width: "120px",
    render: (row) => <StatusBadge state={row.change} label={signs[row.change]?.label} tone={signs[row.change]?.tone} />,
  },
  { key: "why", header: "Why", render: (row) => causeWords(row.why) },
  { key: "row", header: "Row", width: "38%", truncate: true, render: (row) => <code>{row.example_id}</code> },
  {
    key: "split",
    header: "Split",
    width: "110px",
    render: (row) => textOf(row.after?.split ?? row.before?.split),
  },
];
