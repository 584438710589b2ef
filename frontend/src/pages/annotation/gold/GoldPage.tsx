import { Button, Modal, SegmentedControl } from "@mantine/core";
import { IconCertificate } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, taken } from "@/api/client";
import { usePages } from "@/api/pages";
import {
  AppLink,
  type Column,
  count,
  DataTable,
  EmptyState,
  PageHeader,
  Panel,
  percent,
  Stacked,
  StatusBadge,
  useProjectId,
} from "@/ui";
import { MeasuredBar } from "../people/MeasuredBar";
import { useRules } from "../review/reading";
import classes from "./Gold.module.css";
import { Onboarding } from "./Onboarding";
import { Pauses } from "./Pauses";
import { type GoldClause, type GoldItem, goldPeopleQuery, type PersonGold } from "./queries";
import { RetireForm } from "./RetireForm";

/** `/p/:id/gold`: posts with known answers, how people do on them, and who is paused. */
export default function GoldPage() {
  const projectId = useProjectId();
  const [withRetired, setWithRetired] = useState(false);
  const [retiring, setRetiring] = useState<GoldItem | null>(null);
  const items = usePages(["gold", projectId, withRetired], (cursor) =>
    taken(
      api.GET("/api/projects/{project_id}/gold/", {
        params: { path: { project_id: projectId }, query: { cursor, retired: withRetired } },
      }),
    ),
  );
  return (
    <>
      <PageHeader
        title="Gold"
        lead="Posts whose answers are known, mixed into the work so that nobody can tell them apart. Make one of any post: on its page, in Review, or of an answer of your own."
        actions={
          <SegmentedControl
            aria-label="Which gold"
            data={[
              { value: "now", label: "In use" },
              { value: "all", label: "All" },
            ]}
            value={withRetired ? "all" : "now"}
            onChange={(value) => setWithRetired(value === "all")}
          />
        }
      />
      <Stacked>
        <Pauses projectId={projectId} />
        <Panel title="Known answers" note="A clause whose meaning changed asks for its answer anew; until then it is left out." flush>
          <DataTable
            label="gold"
            rows={items.rows}
            columns={columnsIn(projectId, setRetiring)}
            rowKey={(row) => row.id}
            query={items}
            empty={
              <EmptyState icon={IconCertificate} title="No gold yet" framed={false}>
                Open a post or a case in Review and choose “Make gold”. A handful for each clause is a good beginning.
              </EmptyState>
            }
          />
        </Panel>
        <Onboarding projectId={projectId} hasGold={items.rows.length > 0} />
        <People projectId={projectId} />
      </Stacked>
      <Modal opened={retiring !== null} onClose={() => setRetiring(null)} title="Retire this gold">
        {retiring !== null && <RetireForm item={retiring} projectId={projectId} onClose={() => setRetiring(null)} />}
      </Modal>
    </>
  );
}

function columnsIn(projectId: string, onRetire: (item: GoldItem) => void): readonly Column<GoldItem>[] {
  return [
    {
      key: "post",
      header: "Post",
      render: (row) => (
        <>
          <AppLink to={`/p/${projectId}/posts/${row.post_id}`}>{row.external_id}</AppLink>
          {row.excerpt !== "" && (
            <p className={classes.soft} dir="auto">
              {row.excerpt}
            </p>
          )}
        </>
      ),
    },
    {
      key: "answers",
      header: "Known answers",
      render: (row) => (
        <ul className={classes.clauses}>
          {row.clauses.map((clause) => (
            <ClauseLine key={clause.clause_key} clause={clause} />
          ))}
        </ul>
      ),
    },
    { key: "from", header: "Made under", width: "150px", render: (row) => row.release_label },
    {
      key: "state",
      header: "",
      width: "130px",
      render: (row) =>
        row.retired_at !== null ? (
          <StatusBadge state="retired" label="Retired" />
        ) : row.is_offered ? (
          <Button size="compact-sm" variant="default" onClick={() => onRetire(row)}>
            Retire
          </Button>
        ) : (
          <StatusBadge state="stale" tone="wait" label="Out of date" />
        ),
    },
  ];
}

function ClauseLine({ clause }: { clause: GoldClause }) {
  const rule = useRules(useProjectId())(clause.clause_key);
  const answer = rule?.answers.find(({ value }) => value === clause.answer)?.label ?? clause.answer;
  const severity = rule?.severities.find(({ value }) => value === clause.severity)?.label ?? `severity ${clause.severity}`;
  const range = clause.meaning_to === null ? `meaning ${clause.meaning_from} on` : `meaning ${clause.meaning_from} to ${clause.meaning_to}`;
  return (
    <li>
      <span>
        {clause.title}: <strong>{answer}</strong>
        {clause.severity !== null && `, ${severity}`}
        {clause.severity_within !== null && ` ± ${clause.severity_within}`}
        {clause.alike_min !== null && `, marks ${percent(clause.alike_min, 0)} alike`}
      </span>
      <span className={classes.soft}>
        {range}
        {!clause.holds_now && ", no longer asked"} ·{" "}
        {clause.answered === 0 ? "nobody answered yet" : `${count(clause.passed)} of ${count(clause.answered)} as known`}
      </span>
      {clause.reason !== "" && (
        <span className={classes.soft} dir="auto">
          Because: {clause.reason}
        </span>
      )}
      {clause.nobody_gets_it && (
        <StatusBadge state="nobody" tone="bad" label="Nobody gets it: look at the gold, or at the rule" />
      )}
    </li>
  );
}

function People({ projectId }: { projectId: string }) {
  const people = useQuery(goldPeopleQuery(projectId));
  const rows = people.data?.people ?? [];
  if (rows.length === 0) return null;
  const columns: readonly Column<PersonGold>[] = [
    {
      key: "person",
      header: "Person",
      render: ({ person }) => (
        <AppLink to={`/p/${projectId}/annotators/${encodeURIComponent(person.pseudonym)}`}>{person.pseudonym}</AppLink>
      ),
    },
    { key: "share", header: "As known", render: (row) => <MeasuredBar measured={row.share} /> },
    { key: "answered", header: "Gold answered", align: "end", render: (row) => count(row.answered) },
  ];
  return (
    <Panel title="How people do on it" flush>
      <DataTable label="results on gold" rows={rows} columns={columns} rowKey={(row) => row.person.pseudonym} />
    </Panel>
  );
}
