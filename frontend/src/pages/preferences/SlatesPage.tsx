import { TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconFileImport, IconSearch } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useRef, useState } from "react";
import { api, taken } from "@/api/client";
import { usePages } from "@/api/pages";
import type { components } from "@/api/schema";
import { AppLink, type Column, count, DataTable, EmptyState, Kbd, PageHeader, StatusBadge, Time, useProjectId, useShortcuts } from "@/ui";
import classes from "./comparisons/ComparisonsPage.module.css";
import { formWords } from "./comparisons/wording";

type Slate = components["schemas"]["SlateOutput"];

/** `/p/:id/slates`: every prompt of which several responses, or one, are judged together, newest first. */
export default function SlatesPage() {
  const projectId = useProjectId();
  const navigate = useNavigate();
  const search = useRef<HTMLInputElement>(null);
  const [words, setWords] = useState("");
  const [contains] = useDebouncedValue(words.trim(), 250);
  const slates = usePages(["slates", projectId, contains], (cursor) =>
    taken(
      api.GET("/api/projects/{project_id}/slates/", {
        params: { path: { project_id: projectId }, query: { cursor, ...(contains === "" ? {} : { contains }) } },
      }),
    ),
  );
  const base = `/p/${projectId}/slates`;
  useShortcuts([{ id: "slate-list.search", label: "Search the slates", keys: "/", run: (event) => (event.preventDefault(), search.current?.focus()) }]);
  return (
    <>
      <PageHeader
        title="Slates"
        lead="One prompt each with the responses that are judged together: ranked, the best named, or each rated. What follows of two of them stands among the comparisons."
        crumbs={[{ label: "Comparisons", to: `/p/${projectId}/comparisons` }]}
      />
      <div className={classes.bar} role="search" aria-label="Narrow down the slates">
        <TextInput
          ref={search}
          className={classes.search}
          aria-label="Name"
          placeholder="Name"
          leftSection={<IconSearch size={15} aria-hidden />}
          rightSection={<Kbd keys="/" quiet />}
          value={words}
          maxLength={200}
          onChange={(event) => setWords(event.currentTarget.value)}
        />
      </div>
      <DataTable
        label="Slates"
        columns={columnsWith(base)}
        rows={slates.rows}
        rowKey={(slate) => slate.id}
        onOpen={(slate) => void navigate({ to: `${base}/${slate.id}` })}
        query={slates}
        empty={
          contains === "" ? (
            <EmptyState icon={IconFileImport} title="No slates yet">
              A line of an import with one response, or with three to ten, makes one.
            </EmptyState>
          ) : (
            <EmptyState icon={IconSearch} title="No slate matches">
              Try fewer words.
            </EmptyState>
          )
        }
      />
    </>
  );
}

function columnsWith(base: string): readonly Column<Slate>[] {
  return [
    {
      key: "slate",
      header: "Prompt",
      render: (slate) => (
        <span className={classes.prompt}>
          <AppLink to={`${base}/${slate.id}`}>{slate.external_id}</AppLink>
          <span className={classes.excerpt} dir="auto" lang={slate.language === "" ? undefined : slate.language}>
            {slate.excerpt}
          </span>
        </span>
      ),
    },
    { key: "size", header: "Responses", width: "110px", align: "end", render: (slate) => count(slate.size) },
    {
      key: "asked",
      header: "Asked",
      width: "260px",
      render: (slate) =>
        slate.asked.length === 0 ? (
          <span className={classes.none}>Not asked</span>
        ) : (
          <span className={classes.decisions}>
            {slate.asked.map(({ form, state }) => (
              <span key={form} className={classes.decision}>
                <span className={classes.axis}>{formWords(form)}</span>
                <StatusBadge state={state} />
              </span>
            ))}
          </span>
        ),
    },
    { key: "answers", header: "Answers", width: "96px", align: "end", render: (slate) => count(slate.answers) },
    { key: "added", header: "Added", width: "120px", render: (slate) => <Time at={slate.created_at} /> },
  ];
}
