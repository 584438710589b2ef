import { Button, SegmentedControl, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconFileImport, IconMessageBolt, IconSearch } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { type ReactNode, useRef, useState } from "react";
import { api, taken } from "@/api/client";
import { usePages } from "@/api/pages";
import { useMay } from "@/api/session";
import {
  AppLink,
  type Column,
  count,
  DataTable,
  EmptyState,
  Kbd,
  PageHeader,
  StatusBadge,
  Time,
  useProjectId,
  useShortcuts,
} from "@/ui";
import classes from "./comparisons/ComparisonsPage.module.css";
import { askedIn, type Comparison, comparisonName, modelName, outcomeIcon, outcomeTone, outcomeWords } from "./comparisons/wording";

type Judged = "all" | "yes" | "no";

const judgedChoices: { value: Judged; label: string }[] = [
  { value: "all", label: "All" },
  { value: "yes", label: "Judged" },
  { value: "no", label: "Not judged" },
];

/** Every comparison of the project with what people decided, newest first. */
export default function ComparisonsPage() {
  const projectId = useProjectId();
  const navigate = useNavigate();
  const mayImport = useMay(projectId, "content.import");
  const mayAsk = useMay(projectId, "tasks.manage");
  const search = useRef<HTMLInputElement>(null);
  const [words, setWords] = useState("");
  const [judged, setJudged] = useState<Judged>("all");
  const [contains] = useDebouncedValue(words.trim(), 250);
  const comparisons = usePages(["comparisons", projectId, contains, judged], (cursor) =>
    taken(
      api.GET("/api/projects/{project_id}/comparisons/", {
        params: {
          path: { project_id: projectId },
          query: {
            cursor,
            ...(contains === "" ? {} : { contains }),
            ...(judged === "all" ? {} : { judged: judged === "yes" }),
          },
        },
      }),
    ),
  );
  const base = `/p/${projectId}/comparisons`;
  const toImport = (): void => void navigate({ to: `${base}/import` });
  const toSampling = (): void => void navigate({ to: `${base}/sampling` });
  useShortcuts([
    { id: "comparisons.search", label: "Search the comparisons", keys: "/", run: (event) => (event.preventDefault(), search.current?.focus()) },
    { id: "comparisons.import", label: "Bring in comparisons", keys: "n", enabled: mayImport, run: toImport },
    { id: "comparisons.sampling", label: "Responses by models", keys: "m", run: toSampling },
  ]);
  const bringIn = mayImport && (
    <Button leftSection={<IconFileImport size={16} aria-hidden />} onClick={toImport}>
      Bring in comparisons
    </Button>
  );
  return (
    <>
      <PageHeader
        title="Comparisons"
        lead="Two responses to one prompt each, and what people decided, also where they judged more at once. Who judges never sees where a response came from."
        actions={
          <>
            <Button variant="subtle" onClick={() => void navigate({ to: `/p/${projectId}/conversations` })}>
              Conversations
            </Button>
            <Button variant="subtle" onClick={() => void navigate({ to: `/p/${projectId}/slates` })}>
              Slates
            </Button>
            {mayAsk && (
              <Button variant="default" onClick={() => void navigate({ to: `/p/${projectId}/ask` })}>
                Ask for judgments
              </Button>
            )}
            <Button variant="default" leftSection={<IconMessageBolt size={16} aria-hidden />} onClick={toSampling}>
              {mayImport ? "Ask a model" : "Responses by models"}
            </Button>
            {bringIn}
          </>
        }
      />
      <div className={classes.bar} role="search" aria-label="Narrow down the comparisons">
        <TextInput
          ref={search}
          className={classes.search}
          aria-label="Name or model"
          placeholder="Name or model"
          leftSection={<IconSearch size={15} aria-hidden />}
          rightSection={<Kbd keys="/" quiet />}
          value={words}
          maxLength={200}
          onChange={(event) => setWords(event.currentTarget.value)}
        />
        <SegmentedControl
          aria-label="Judged or not"
          data={judgedChoices}
          value={judged}
          onChange={(value) => setJudged(judgedChoices.find((choice) => choice.value === value)?.value ?? "all")}
        />
      </div>
      <DataTable
        label="Comparisons"
        columns={columnsWith(base)}
        rows={comparisons.rows}
        rowKey={(comparison) => comparison.id}
        onOpen={(comparison) => void navigate({ to: `${base}/${comparison.id}` })}
        query={comparisons}
        empty={contains !== "" || judged !== "all" ? <NothingFound /> : <NothingYet action={bringIn} />}
      />
    </>
  );
}

function NothingFound() {
  return (
    <EmptyState icon={IconSearch} title="No comparison matches">
      Try fewer words, or look at all of them.
    </EmptyState>
  );
}

function NothingYet({ action }: { action: ReactNode }) {
  return (
    <EmptyState icon={IconFileImport} title="No comparisons yet" actions={action}>
      {action === false
        ? "An engineer or a manager brings in prompts with their responses; then they stand here."
        : "Bring in a file with one prompt and its responses a line. Then ask people to judge them."}
    </EmptyState>
  );
}

function columnsWith(base: string): readonly Column<Comparison>[] {
  return [
    {
      key: "comparison",
      header: "Prompt",
      render: (comparison) => (
        <span className={classes.prompt}>
          <AppLink to={`${base}/${comparison.id}`}>{comparisonName(comparison)}</AppLink>
          <span className={classes.excerpt} dir="auto" lang={comparison.language === "" ? undefined : comparison.language}>
            {askedIn(comparison.messages)}
          </span>
        </span>
      ),
    },
    {
      key: "models",
      header: "Responses",
      width: "220px",
      render: (comparison) => (
        <span className={classes.models}>
          <span>
            <b>A</b> {modelName(comparison.response_a.source_model)}
          </span>
          <span>
            <b>B</b> {modelName(comparison.response_b.source_model)}
          </span>
        </span>
      ),
    },
    {
      key: "decisions",
      header: "Better",
      width: "250px",
      render: (comparison) =>
        comparison.decisions.length === 0 ? (
          <span className={classes.none}>Not judged</span>
        ) : (
          <span className={classes.decisions}>
            {comparison.decisions.map((decision) => (
              <span key={`${decision.clause_key}.${decision.meaning_revision}`} className={classes.decision}>
                <span className={classes.axis}>{decision.clause_key}</span>
                <StatusBadge
                  state={decision.outcome}
                  label={outcomeWords(decision.outcome)}
                  tone={outcomeTone(decision.outcome)}
                  icon={outcomeIcon(decision.outcome)}
                />
              </span>
            ))}
          </span>
        ),
    },
    { key: "judgments", header: "Judgments", width: "96px", align: "end", render: (comparison) => count(comparison.judgments_count) },
    { key: "added", header: "Added", width: "120px", render: (comparison) => <Time at={comparison.created_at} /> },
  ];
}
