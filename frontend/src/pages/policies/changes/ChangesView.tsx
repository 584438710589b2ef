import { Checkbox, SegmentedControl } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Fragment, useRef, useState } from "react";
import { count, EmptyState, Figures, Kbd, QueryView, useShortcuts } from "@/ui";
import { differenceQuery, outcomesQuery } from "../queries";
import { CountLink } from "../records/CountLink";
import type { Difference, Outcomes, Release, Succession } from "../shapes";
import { ClauseChanges, type Layout } from "./ClauseChanges";
import classes from "./ChangesView.module.css";
import { ReleasePair, useReleasePair } from "./ReleasePair";

/** What differs between two releases, word by word, and what it does to answers. */
export function ChangesView({ release }: { release: Release }) {
  const pair = useReleasePair(release);
  const [layout, setLayout] = useState<Layout>("inline");
  const [showsAll, setShowsAll] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  const query = useQuery({ ...differenceQuery(release.id, pair.against), enabled: pair.against !== null });
  const outcomes = useQuery({
    ...outcomesQuery(release.id, pair.against),
    enabled: pair.against !== null && release.actions.see_impact,
  });
  useShortcuts([
    {
      id: "changes.layout",
      label: "Switch between inline and side by side",
      keys: "v",
      run: () => setLayout(layout === "inline" ? "side by side" : "inline"),
    },
    { id: "changes.next", label: "Go to the next change", keys: "j", run: () => step(place.current, 1) },
    { id: "changes.previous", label: "Go to the previous change", keys: "k", run: () => step(place.current, -1) },
  ]);
  return (
    <div ref={place} className={classes.scroll} tabIndex={0} role="region" aria-label="Changes" data-view="changes">
      <div className={classes.page}>
        <div className={classes.tools}>
          <ReleasePair release={release} pair={pair} />
          <Checkbox
            className={classes.check}
            label="Unchanged clauses too"
            checked={showsAll}
            onChange={(event) => setShowsAll(event.currentTarget.checked)}
          />
          <SegmentedControl
            aria-label="How to show changed words"
            value={layout}
            onChange={(value) => setLayout(value === "inline" ? "inline" : "side by side")}
            data={[
              { value: "inline", label: "Inline" },
              { value: "side by side", label: "Side by side" },
            ]}
          />
          <span className={classes.keys}>
            <Kbd quiet keys="j" of="changes.next" /> next, <Kbd quiet keys="k" of="changes.previous" /> previous,{" "}
            <Kbd quiet keys="v" of="changes.layout" /> layout
          </span>
        </div>
        {pair.against === null ? (
          <EmptyState title="Nothing to compare with">This policy has no other published release.</EmptyState>
        ) : (
          <QueryView query={query}>
            {(difference) => (
              <Changes
                release={release}
                difference={difference}
                outcomes={outcomes.data}
                layout={layout}
                showsAll={showsAll}
              />
            )}
          </QueryView>
        )}
      </div>
    </div>
  );
}

/** Bring the next or the previous clause to the top, and the focus with it. */
function step(place: HTMLElement | null, by: 1 | -1): void {
  const clauses = [...(place?.querySelectorAll<HTMLElement>("[data-change]") ?? [])];
  const focused = clauses.findIndex((clause) => clause.contains(document.activeElement));
  const next = focused < 0 ? (by === 1 ? 0 : clauses.length - 1) : focused + by;
  const clause = clauses[Math.min(Math.max(next, 0), clauses.length - 1)];
  clause?.focus({ preventScroll: true });
  clause?.scrollIntoView({ block: "start" });
}

function Changes({
  release,
  difference,
  outcomes,
  layout,
  showsAll,
}: {
  release: Release;
  difference: Difference;
  outcomes: Outcomes | undefined;
  layout: Layout;
  showsAll: boolean;
}) {
  const whyOf = new Map(release.clauses.map((clause) => [clause.key, clause.change_reason]));
  const goneOf = new Map(difference.gone.map((one) => [one.key, one]));
  const outcomeOf = new Map(outcomes?.clauses.map((one) => [one.clause_key, one]));
  const { counts } = difference;
  const shown = difference.clauses.filter((clause) => showsAll || clause.status !== "unchanged" || clause.is_moved);
  return (
    <>
      <Figures
        figures={[
          { label: "Change meaning", value: counts.meaning, note: "their answers stop holding" },
          { label: "Wording only", value: counts.changed - counts.meaning, note: "answers keep holding" },
          { label: "New", value: counts.added },
          { label: "Removed", value: counts.removed, note: wentOf(difference.gone) },
          { label: "Moved", value: counts.moved },
          { label: "Unchanged", value: counts.unchanged },
        ]}
      />
      {outcomes !== undefined && <Becoming release={release} outcomes={outcomes} />}
      {shown.length === 0 && (
        <EmptyState title="Nothing differs" tone="good">
          Both releases say the same.
        </EmptyState>
      )}
      {shown.map((clause) => (
        <ClauseChanges
          key={clause.key}
          clause={clause}
          why={whyOf.get(clause.key) ?? ""}
          gone={goneOf.get(clause.key)}
          outcome={outcomeOf.get(clause.key)}
          where={{ projectId: release.policy.project_id, releaseId: release.id, against: difference.against.id }}
          layout={layout}
        />
      ))}
    </>
  );
}

function wentOf(gone: readonly Succession[]): string | undefined {
  const split = gone.filter((one) => one.kind === "split").length;
  const merged = gone.filter((one) => one.kind === "merged").length;
  const told = [split > 0 ? `${split} split` : "", merged > 0 ? `${merged} merged` : ""].filter((part) => part !== "");
  return told.length === 0 ? undefined : told.join(", ");
}

/** What becomes of all decisions, as one bar with its words. */
function Becoming({ release, outcomes }: { release: Release; outcomes: Outcomes }) {
  const { holds, asked_again: again, no_longer_asked: over } = outcomes.totals;
  const total = holds + again + over;
  if (total === 0) return <p className={classes.becoming}>Nothing was decided under release {outcomes.against.number} yet.</p>;
  const parts = [
    { name: "would keep holding", value: holds, tone: "holds", becomes: "holds" as const },
    { name: "would be asked again", value: again, tone: "again", becomes: "asked_again" as const },
    { name: "would no longer be asked", value: over, tone: "over", becomes: "no_longer_asked" as const },
  ].filter((part) => part.value > 0);
  return (
    <div className={classes.becoming}>
      <div className={classes.bar} aria-hidden>
        {parts.map((part) => (
          <span key={part.tone} data-tone={part.tone} style={{ flexGrow: part.value }} />
        ))}
      </div>
      <p>
        Of {count(total)} decisions under release {outcomes.against.number},{" "}
        {parts.map((part, at) => (
          <Fragment key={part.becomes}>
            {at > 0 && ", "}
            <CountLink
              projectId={release.policy.project_id}
              releaseId={release.id}
              place={{ against: outcomes.against.id, becomes: part.becomes }}
            >
              {count(part.value)} {part.name}
            </CountLink>
          </Fragment>
        ))}
        .
      </p>
    </div>
  );
}
