import { IconUsersGroup } from "@tabler/icons-react";
import { type Column, count, DataTable, EmptyState, percent } from "@/ui";
import type { ClauseAgreement } from "./reading";
import classes from "./Agreement.module.css";

type Measured = ClauseAgreement["answers"];

/** How far people agree, rule by rule: Krippendorff's α with its interval, and what came of the answers. */
export function AgreementTable({ clauses }: { clauses: readonly ClauseAgreement[] }) {
  const answered = clauses.filter((clause) => clause.votes > 0);
  if (answered.length === 0) {
    return (
      <EmptyState icon={IconUsersGroup} title="No answers yet">
        Agreement is measured once posts have answers by two people.
      </EmptyState>
    );
  }
  return (
    <>
      <DataTable label="Agreement per rule" rows={clauses} columns={columns} rowKey={(row) => `${row.release_id} ${row.clause_key}`} />
      <p className={classes.legend}>
        Krippendorff’s α: 1 is full agreement, 0 is what chance gives. The bar is the 95 % interval over posts.
      </p>
    </>
  );
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
      <span className={classes.figure}>{measured.alpha.toFixed(3)}</span>
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
        {low !== null && high !== null && `${low.toFixed(2)} to ${high.toFixed(2)}, `}
        {measured.raw !== null && `${percent(measured.raw)} equal`}
      </span>
    </span>
  );
}
