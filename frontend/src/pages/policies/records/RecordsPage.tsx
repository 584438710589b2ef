import { Select } from "@mantine/core";
import { IconListSearch } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { usePages } from "@/api/pages";
import { useMay } from "@/api/session";
import { count, DataTable, EmptyState, PageHeader, QueryView, Segments, sentenceCase, useRouteParam } from "@/ui";
import { releaseQuery } from "../queries";
import type { Release } from "../shapes";
import { columnsOf, targetOf } from "./columns";
import { type Choice, clausesOf, languagesOf, nounsOf, severitiesOf, totalOf } from "./narrowing";
import { type Becomes, nounOf, placeOf, type RecordsPlace, recordsPath } from "./place";
import { recordsCountQuery, recordsPage } from "./queries";
import classes from "./Records.module.css";

const becomes: Readonly<Record<Becomes, string>> = {
  holds: "keep holding",
  asked_again: "are asked again",
  no_longer_asked: "are no longer asked",
};

/** `/p/:id/releases/:id/records`: the posts, decisions, gold, precedents and versions that a change's numbers count. */
export default function RecordsPage() {
  const release = useQuery(releaseQuery(useRouteParam("releaseId")));
  return <QueryView query={release}>{(data) => <Compared release={data} />}</QueryView>;
}

/** The earlier release says what answers and steps of severity are called. */
function Compared({ release }: { release: Release }) {
  const place = placeOf(useSearch({ strict: false }));
  const againstId = place.against ?? release.based_on?.id ?? null;
  const against = useQuery({ ...releaseQuery(againstId ?? ""), enabled: againstId !== null });
  if (againstId === null) {
    return <EmptyState title="Nothing to compare with">This policy has no other published release.</EmptyState>;
  }
  return <QueryView query={against}>{(data) => <Records release={release} against={data} place={place} />}</QueryView>;
}

function Records({ release, against, place }: { release: Release; against: Release; place: RecordsPlace }) {
  const navigate = useNavigate();
  const projectId = release.policy.project_id;
  const keepsGold = useMay(projectId, "quality.keep");
  const clauses = new Map(against.clauses.map((clause) => [clause.key, clause]));
  const found = useQuery(recordsCountQuery(release.id, place));
  const counts = (found.data ?? []).filter((row) => keepsGold || row.noun !== "gold items");
  const nouns = nounsOf(counts);
  // Without one in the address, the sort of which there are most.
  const narrowed = { ...place, noun: place.becomes === null ? (place.noun ?? nouns[0]?.value ?? null) : null };
  const isReady = narrowed.noun !== null || place.becomes !== null || found.isSuccess;
  const records = usePages(["release", release.id, "records", narrowed], (cursor) => recordsPage(release.id, narrowed, cursor), {
    enabled: isReady,
  });
  // One step back leads to the page with the numbers, however often the list was narrowed.
  const narrow = (change: Partial<RecordsPlace>): void =>
    void navigate({ to: recordsPath(projectId, release.id, { ...narrowed, ...change }), replace: true });
  const back = `/p/${projectId}/releases/${release.id}`;
  const view = place.becomes === null ? "impact" : "changes";
  const rules = clausesOf(counts, narrowed, clauses);
  const total = totalOf(counts, narrowed);
  const noun = place.becomes === null ? (narrowed.noun ?? "records") : "decisions";
  return (
    <>
      <PageHeader
        title={`${sentenceCase(noun)} that ${place.becomes === null ? "stop holding" : becomes[place.becomes]}`}
        lead={`What was answered under ${labelOf(against)} and what ${labelOf(release)} makes of it.`}
        crumbs={[
          { label: release.policy.title, to: `/p/${projectId}/policies/${release.policy.id}` },
          { label: sentenceCase(release.number === null ? "draft" : labelOf(release)), to: back },
          { label: sentenceCase(view), to: `${back}?view=${view}${place.against === null ? "" : `&against=${place.against}`}` },
        ]}
      />
      {place.becomes === null && nouns.length > 1 && narrowed.noun !== null && (
        <div className={classes.nouns}>
          <Segments
            aria-label="What is listed"
            value={narrowed.noun}
            onChange={(value) => narrow({ noun: value, language: null, severity: null })}
            data={nouns.map(({ value, label }) => ({ value, label }))}
          />
        </div>
      )}
      <div className={classes.bar} role="search" aria-label="Narrow the list">
        <Narrow label="Rule" all="Every rule" value={place.clause} choices={rules} onChange={(clause) => narrow({ clause })} />
        <Narrow label="Language" all="Every language" value={place.language} choices={languagesOf(counts, narrowed)} onChange={(language) => narrow({ language })} />
        <Narrow label="Severity" all="Every severity" value={place.severity} choices={severitiesOf(counts, narrowed, clauses)} onChange={(severity) => narrow({ severity })} />
        <span className={classes.total} role="status">
          {found.isSuccess ? `${count(total)} ${nounOf(noun, total)}` : ""}
        </span>
      </div>
      <DataTable
        label={sentenceCase(noun)}
        columns={columnsOf(narrowed, clauses, projectId, place.clause !== null || rules.length === 1)}
        rows={records.rows}
        rowKey={(row) => row.id}
        query={records}
        onOpen={(row) => void navigate({ to: targetOf(projectId, row) })}
        empty={
          <EmptyState title="Nothing is like that" icon={IconListSearch} tone="good">
            {place.clause === null && place.language === null && place.severity === null
              ? "No record cites a meaning that this change stops."
              : "Choose another rule, language or severity."}
          </EmptyState>
        }
      />
    </>
  );
}

function labelOf(release: Release): string {
  return release.number === null ? "this draft" : `release ${release.number}`;
}

function Narrow({
  label,
  all,
  value,
  choices,
  onChange,
}: {
  label: string;
  all: string;
  value: string | null;
  choices: readonly Choice[];
  onChange: (value: string | null) => void;
}) {
  // Nothing to choose between, and nothing chosen.
  if (value === null && choices.length < 2) return null;
  const known = value === null || choices.some((choice) => choice.value === value) ? choices : [...choices, { value, label: value }];
  return <Select aria-label={label} placeholder={all} clearable w={210} value={value} onChange={onChange} data={[...known]} />;
}
