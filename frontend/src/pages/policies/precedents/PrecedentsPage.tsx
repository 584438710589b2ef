import { Select, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconGavel, IconSearch } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useRef, useState } from "react";
import { usePages } from "@/api/pages";
import { AppLink, type Column, DataTable, EmptyState, Kbd, PageHeader, plural, QueryView, Segments, Time, useProjectId, useShortcuts } from "@/ui";
import { likenessWords } from "@/work/precedents/words";
import { useCurrentClauses } from "./clauses";
import { PrecedentBadge } from "./PrecedentBadge";
import { alikeQuery, type Precedent, precedentsPage, type PrecedentState } from "./queries";
import classes from "./Precedents.module.css";

const states = [
  { value: "all", label: "All" },
  { value: "proposed", label: "To approve" },
  { value: "approved", label: "Approved" },
  { value: "retired", label: "Retired" },
] as const;
type Choice = (typeof states)[number]["value"];

/** `/p/:id/precedents`: the rulings that later posts are held against. */
export default function PrecedentsPage() {
  const projectId = useProjectId();
  const search = useRef<HTMLInputElement>(null);
  const [choice, setChoice] = useState<Choice>("all");
  const [clauseKey, setClauseKey] = useState<string | null>(null);
  const [text, setText] = useState("");
  const [asked] = useDebouncedValue(text.trim(), 300);
  const clauses = useCurrentClauses(projectId);
  useShortcuts([{ id: "precedents.search", label: "Find rulings on posts like a text", keys: "/", run: (event) => (event.preventDefault(), search.current?.focus()) }]);
  return (
    <>
      <PageHeader
        title="Precedents"
        lead="What experts ruled on single posts, and why. Approved ones stand beside the work of whoever labels a post like them."
      />
      <div className={classes.bar} role="search" aria-label="Find precedents">
        <TextInput
          ref={search}
          className={classes.search}
          aria-label="Like this text"
          placeholder="Like this text"
          leftSection={<IconSearch size={15} aria-hidden />}
          rightSection={<Kbd keys="/" quiet />}
          value={text}
          maxLength={4000}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Select
          aria-label="Rule"
          placeholder="Every rule"
          clearable
          value={clauseKey}
          onChange={setClauseKey}
          data={clauses.map(({ clause }) => ({ value: clause.key, label: clause.document.title }))}
        />
        {asked === "" && (
          <Segments
            aria-label="In which state"
            value={choice}
            onChange={(value) => setChoice(states.find((known) => known.value === value)?.value ?? "all")}
            data={[...states]}
          />
        )}
      </div>
      {asked === "" ? (
        <Listed projectId={projectId} state={choice === "all" ? null : choice} clauseKey={clauseKey} />
      ) : (
        <Alike projectId={projectId} text={asked} clauseKey={clauseKey} />
      )}
    </>
  );
}

function Listed({ projectId, state, clauseKey }: { projectId: string; state: PrecedentState | null; clauseKey: string | null }) {
  const navigate = useNavigate();
  const precedents = usePages(["precedents", projectId, state, clauseKey], (cursor) => precedentsPage(projectId, { state, clauseKey }, cursor));
  return (
    <DataTable
      label="Precedents"
      columns={columns}
      rows={precedents.rows}
      rowKey={(row) => row.id}
      query={precedents}
      onOpen={(row) => void navigate({ to: `/p/${projectId}/precedents/${row.id}` })}
      empty={
        <EmptyState title={state === null && clauseKey === null ? "No ruling has been made yet" : "No precedent is like that"} icon={IconGavel}>
          {state === null && clauseKey === null ? (
            <>
              Rulings are made where posts split people. <AppLink to={`/p/${projectId}/unclear`}>See which rules are unclear.</AppLink>
            </>
          ) : (
            "Choose another state or rule."
          )}
        </EmptyState>
      }
    />
  );
}

function Alike({ projectId, text, clauseKey }: { projectId: string; text: string; clauseKey: string | null }) {
  const navigate = useNavigate();
  const query = useQuery(alikeQuery(projectId, { text, ...(clauseKey === null ? {} : { clauseKey }) }));
  return (
    <QueryView query={query}>
      {({ precedents }) => (
        <DataTable
          label="Precedents like the text"
          columns={[...columns.slice(0, 4), { key: "alike", header: "Alike", width: "190px", render: (row: Precedent) => likenessWords(row.likeness) }, ...columns.slice(5)]}
          rows={precedents}
          rowKey={(row) => row.id}
          onOpen={(row) => void navigate({ to: `/p/${projectId}/precedents/${row.id}` })}
          empty={
            <EmptyState title="Nothing approved is like it" icon={IconSearch}>
              Only approved precedents that hold under the releases in effect are compared.
            </EmptyState>
          }
        />
      )}
    </QueryView>
  );
}

const columns: readonly Column<Precedent>[] = [
  {
    key: "ruling",
    header: "Ruling",
    render: (row) => (
      <span className={classes.ruling}>
        <AppLink to={`/p/${row.project_id}/precedents/${row.id}`}>
          {row.answer_label}
          {row.severity_label !== "" && `, ${row.severity_label.toLowerCase()}`}
        </AppLink>
        <span className={classes.reason} dir="auto">
          {row.reason}
        </span>
      </span>
    ),
  },
  { key: "post", header: "Post", width: "150px", render: (row) => <span className={classes.post}>{row.external_id}</span> },
  { key: "clause", header: "Rule", width: "150px", render: (row) => row.clause_title },
  { key: "state", header: "State", width: "130px", render: (row) => <PrecedentBadge precedent={row} /> },
  {
    key: "release",
    header: "Ruled under",
    width: "190px",
    render: (row) => (
      <span className={classes.ruling}>
        <code className={classes.label}>{row.release_label}</code>
        <span className={classes.when}>
          <Time at={row.ruled_at} />
        </span>
      </span>
    ),
  },
  { key: "cited", header: "Cited", width: "90px", align: "end", render: (row) => plural(row.cited, "time") },
];
