import { IconUsersGroup } from "@tabler/icons-react";
import { type Column, count, DataTable, decimal, EmptyState, percent } from "@/ui";
import type { ClauseAgreement, ReleaseAgreement } from "./reading";
import classes from "./Agreement.module.css";

type Measured = ClauseAgreement["answers"];

/** How far people agree, rule by rule: Krippendorff's α with its interval, and what came of the answers. */
export function AgreementTable({
  clauses,
  releases,
}: {
  clauses: readonly ClauseAgreement[];
  releases: readonly ReleaseAgreement[];
}) {
  const answered = clauses.filter((clause) => clause.votes > 0);
  if (answered.length === 0) {
    return (
      <EmptyState icon={IconUsersGroup} title="No answers yet">
        Agreement is measured once posts have answers by two people.
      </EmptyState>
    );
  }
  const sliced = clauses.flatMap((clause) => clause.slices.map((slice) => ({ clause, slice })));
  return (
    <div className={classes.tables}>
      <DataTable label="Agreement per rule" rows={clauses} columns={columns} rowKey={(row) => `${row.release_id} ${row.clause_key}`} />
      {sliced.length > 0 && (
        <DataTable
          label="Agreement told apart"
          rows={sliced}
          columns={slicedColumns}
          rowKey={({ clause, slice }) => `${clause.release_id} ${clause.clause_key} ${slice.value}`}
        />
      )}
      {releases.length > 0 && (
        <DataTable label="Agreement per release" rows={releases} columns={releaseColumns} rowKey={(row) => row.release_id} />
      )}
      <p className={classes.legend}>
        Krippendorff’s α: 1 is full agreement, 0 is what chance gives. The bar is the 95 % interval over posts. Gwet’s AC
        stays steady where nearly everybody gives one answer. The cost of a disagreement doubles with every step of
        severity: 100 % would be the gravest taken for harmless every time.
      </p>
    </div>
  );
}

const slicedColumns: readonly Column<{ clause: ClauseAgreement; slice: ClauseAgreement["slices"][number] }>[] = [
  { key: "rule", header: "Rule", render: ({ clause }) => clause.title },
  { key: "value", header: "Posts with", render: ({ slice }) => slice.value },
  { key: "answers", header: "Agreement on the answer", render: ({ slice }) => <Alpha measured={slice.answers} /> },
  { key: "gwet", header: "Gwet’s AC", align: "end", render: ({ slice }) => figure(slice.answers.gwet.value) },
  { key: "cost", header: "Cost", align: "end", width: "84px", render: ({ slice }) => share(slice.cost.mean.value) },
  { key: "posts", header: "Posts", align: "end", render: ({ slice }) => count(slice.posts) },
  { key: "votes", header: "Answers", align: "end", render: ({ slice }) => count(slice.votes) },
];

const releaseColumns: readonly Column<ReleaseAgreement>[] = [
  { key: "release", header: "Release", render: (row) => row.release_label },
  { key: "rules", header: "Agreement on which rules a post breaks", render: (row) => <Alpha measured={row.rules_broken} /> },
  { key: "posts", header: "Posts", align: "end", render: (row) => count(row.rules_broken.units) },
];

function figure(value: number | null): string {
  return value === null ? "Undefined" : decimal(value, 3);
}

function share(value: number | null): string {
  return value === null ? "Undefined" : percent(value);
}

const columns: readonly Column<ClauseAgreement>[] = [
  {
    key: "rule",
    header: "Rule",
    render: (row) => (
      <span className={classes.rule}>
        {row.title}
        <span className={classes.soft}>{row.release_label}</span>
      </span>
    ),
  },
  { key: "answers", header: "Agreement on the answer", render: (row) => <Alpha measured={row.answers} /> },
  {
    key: "severities",
    header: "On the severity",
    render: (row) => (row.severities === null ? <span className={classes.soft}>No scale</span> : <Alpha measured={row.severities} />),
  },
  { key: "gwet", header: "Gwet’s AC", align: "end", render: (row) => figure(row.answers.gwet.value) },
  { key: "cost", header: "Cost", align: "end", width: "84px", render: (row) => share(row.cost.mean.value) },
  { key: "posts", header: "Posts", align: "end", render: (row) => count(row.posts) },
  { key: "votes", header: "Answers", align: "end", render: (row) => count(row.votes) },
  {
    key: "people",
    header: "People",
    align: "end",
    render: (row) => `${count(row.people)}${row.simulated_people > 0 ? `, ${count(row.simulated_people)} simulated` : ""}`,
  },
  { key: "undecided", header: "Undecided", align: "end", render: (row) => count(row.decisions.undecided) },
];

function Alpha({ measured }: { measured: Measured }) {
  if (measured.alpha === null) return <span className={classes.undefined}>{measured.undefined_because}</span>;
  const place = (value: number): string => `${Math.min(Math.max((value + 0.2) / 1.2, 0), 1) * 100}%`;
  const { low, high } = measured;
  return (
    <span className={classes.alpha}>
      <span className={classes.figure}>{decimal(measured.alpha, 3)}</span>
      <span className={classes.scale} aria-hidden>
        <span className={classes.zero} style={{ insetInlineStart: place(0) }} />
        {low !== null && high !== null && (
          <span
            className={classes.interval}
            style={{ insetInlineStart: place(low), insetInlineEnd: `calc(100% - ${place(high)})` }}
          />
        )}
        <span className={classes.dot} style={{ insetInlineStart: place(measured.alpha) }} />
      </span>
      <span className={classes.soft}>
        {low !== null && high !== null && (
          <span className={classes.whole}>
            {decimal(low, 3)} to {decimal(high, 3)}
            {measured.raw !== null && ", "}
          </span>
        )}
        {measured.raw !== null && <span className={classes.whole}>{percent(measured.raw)} equal</span>}
      </span>
    </span>
  );
}
