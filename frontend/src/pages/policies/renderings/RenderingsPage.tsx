import { Button, Select } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { PageHeader, QueryView, Segments, useRouteParam, useShortcuts } from "@/ui";
import { releaseQuery } from "../queries";
import { outlineOf } from "../reading/outline";
import { ReleaseStage } from "../ReleaseStage";
import type { Release } from "../shapes";
import { renderingsQuery } from "./queries";
import { RenderingPanel } from "./RenderingPanel";
import classes from "./renderings.module.css";

export default function RenderingsPage() {
  const query = useQuery(releaseQuery(useRouteParam("releaseId")));
  return <QueryView query={query}>{(release) => <RenderingsView release={release} />}</QueryView>;
}

const views = [
  { value: "all", label: "Side by side" },
  { value: "guideline", label: "Annotators" },
  { value: "safeguard", label: "gpt-oss-safeguard" },
  { value: "cope", label: "CoPE" },
  { value: "guard", label: "Guard models" },
] as const;

type View = (typeof views)[number]["value"];

const advised = 600;

/** A release or one clause as its different readers get it, each with its length in tokens. */
function RenderingsView({ release }: { release: Release }) {
  const navigate = useNavigate();
  const search: Record<string, unknown> = useSearch({ strict: false });
  const rows = outlineOf(release.clauses);
  const clauseKey = rows.find((row) => row.clause.key === search["clause"])?.clause.key ?? null;
  const view = views.find((one) => one.value === search["view"])?.value ?? "all";
  const isWhole = search["cut"] === "nothing";
  const query = useQuery({
    ...renderingsQuery(release.id, clauseKey, isWhole ? 0 : advised),
    placeholderData: keepPreviousData,
  });
  const base = `/p/${release.policy.project_id}`;
  const go = (change: { clause?: string | null; view?: View; whole?: boolean }): void => {
    const clause = change.clause === undefined ? clauseKey : change.clause;
    const next = change.view ?? view;
    const whole = change.whole ?? isWhole;
    void navigate({
      to: `${base}/releases/${release.id}/renderings`,
      search: {
        ...(clause === null ? {} : { clause }),
        ...(next === "all" ? {} : { view: next }),
        ...(whole ? { cut: "nothing" } : {}),
      },
      replace: true,
    });
  };
  const step = (by: number): void => {
    const keys: (string | null)[] = [null, ...rows.map((row) => row.clause.key)];
    const next = keys[keys.indexOf(clauseKey) + by];
    if (next !== undefined) go({ clause: next });
  };
  useShortcuts([
    ...views.map((one, at) => ({
      id: `renderings.${one.value}`,
      label: `Show: ${one.label}`,
      keys: String(at + 1),
      run: () => go({ view: one.value }),
    })),
    { id: "renderings.next", label: "Next clause", keys: ["j", "alt+pagedown"], run: () => step(1) },
    { id: "renderings.previous", label: "Previous clause", keys: ["k", "alt+pageup"], run: () => step(-1) },
    { id: "renderings.cut", label: "Fit into the advised length, or cut nothing", keys: "c", run: () => go({ whole: !isWhole }) },
  ]);
  return (
    <>
      <PageHeader
        title={
          <>
            Renderings of {release.number === null ? "the draft" : `release ${release.number}`} <ReleaseStage release={release} />
          </>
        }
        lead="One text, written for each of its readers: people, policy-as-prompt judges, labelers and guard models."
        crumbs={[
          { label: "Policies", to: `${base}/policies` },
          { label: release.policy.title, to: `${base}/policies/${release.policy.id}` },
          { label: release.number === null ? "Draft" : `Release ${release.number}`, to: `${base}/releases/${release.id}` },
        ]}
        actions={<Downloads releaseId={release.id} />}
      />
      <div className={classes.controls}>
        <Select
          className={classes.clause}
          aria-label="What is rendered"
          searchable
          allowDeselect={false}
          value={clauseKey ?? ""}
          onChange={(value) => go({ clause: value === null || value === "" ? null : value })}
          data={[
            { value: "", label: "The whole release" },
            ...rows.map(({ clause, depth }) => ({ value: clause.key, label: `${"  ".repeat(depth)}${clause.document.title}` })),
          ]}
        />
        <Segments
          aria-label="Which reader"
          size="sm"
          value={view}
          onChange={(value) => go({ view: views.find((one) => one.value === value)?.value ?? "all" })}
          data={views.map((one) => ({ value: one.value, label: one.label }))}
        />
      </div>
      <QueryView query={query}>
        {(found) => (
          <>
            <div className={classes.grid} data-view={view === "all" ? "all" : "one"}>
              {(view === "all" || view === "guideline") && <RenderingPanel kinds={["guideline"]} found={found} />}
              {(view === "all" || view === "safeguard") && (
                <RenderingPanel
                  kinds={["safeguard"]}
                  found={found}
                  control={
                    clauseKey !== null && (
                      <Segments
                        aria-label="Length of the prompt"
                        size="xs"
                        value={isWhole ? "nothing" : "fit"}
                        onChange={(value) => go({ whole: value === "nothing" })}
                        data={[
                          { value: "fit", label: `Fit ${advised} tokens` },
                          { value: "nothing", label: "Cut nothing" },
                        ]}
                      />
                    )
                  }
                />
              )}
              {(view === "all" || view === "cope") && <RenderingPanel kinds={["cope"]} found={found} />}
              {(view === "all" || view === "guard") && <RenderingPanel kinds={["shieldgemma", "llamaguard"]} found={found} />}
            </div>
            <p className={classes.counted}>
              Tokens are those of {found.tokenizer}. CoPE and guard models have vocabularies of their own; their counts differ by some percent.
            </p>
          </>
        )}
      </QueryView>
    </>
  );
}

const forms = [
  { form: "markdown", label: "Markdown" },
  { form: "json", label: "JSON" },
  { form: "pack", label: "Pack" },
] as const;

/** The release as files, to take away or to bring in elsewhere. */
export function Downloads({ releaseId }: { releaseId: string }) {
  return (
    <>
      {forms.map(({ form, label }) => (
        <Button
          key={form}
          component="a"
          variant="default"
          href={`/api/releases/${releaseId}/files/${form}/`}
          download
          leftSection={<IconDownload size={16} aria-hidden />}
        >
          {label}
        </Button>
      ))}
    </>
  );
}
