import { Checkbox, SegmentedControl, Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { EmptyState, Figures, QueryView, useShortcuts } from "@/ui";
import { differenceQuery, policyQuery } from "../queries";
import type { Difference, Release } from "../shapes";
import { ClauseChanges, type Layout } from "./ClauseChanges";
import classes from "./ChangesView.module.css";

/** What differs between this release and another, word by word, and what it does to answers. */
export function ChangesView({ release }: { release: Release }) {
  const [against, setAgainst] = useState<string | null>(release.based_on?.id ?? null);
  const [layout, setLayout] = useState<Layout>("inline");
  const [showsAll, setShowsAll] = useState(false);
  const query = useQuery(differenceQuery(release.id, against));
  useShortcuts([
    {
      id: "changes.layout",
      label: "Switch between inline and side by side",
      keys: "v",
      run: () => setLayout(layout === "inline" ? "side by side" : "inline"),
    },
  ]);
  return (
    <div className={classes.scroll} tabIndex={0} role="region" aria-label="Changes">
      <div className={classes.page}>
        <div className={classes.tools}>
          <AgainstChoice release={release} against={against} onChange={setAgainst} />
          <Checkbox
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
        </div>
        <QueryView query={query}>
          {(difference) => <Changes difference={difference} layout={layout} showsAll={showsAll} />}
        </QueryView>
      </div>
    </div>
  );
}

/** Which published release to compare with. */
export function AgainstChoice({
  release,
  against,
  onChange,
}: {
  release: Release;
  against: string | null;
  onChange: (releaseId: string | null) => void;
}) {
  const policy = useQuery(policyQuery(release.policy.id));
  const others = (policy.data?.releases ?? []).filter((other) => other.number !== null && other.id !== release.id);
  return (
    <Select
      label="Compared with"
      classNames={{ root: classes.against }}
      allowDeselect={false}
      data={others.map((other) => ({ value: other.id, label: `Release ${other.number ?? ""}` }))}
      value={against}
      onChange={onChange}
    />
  );
}

function Changes({ difference, layout, showsAll }: { difference: Difference; layout: Layout; showsAll: boolean }) {
  const { counts } = difference;
  const shown = difference.clauses.filter((clause) => showsAll || clause.status !== "unchanged" || clause.is_moved);
  return (
    <>
      <Figures
        figures={[
          { label: "Change meaning", value: counts.meaning, note: "their answers stop holding" },
          { label: "Wording only", value: counts.changed - counts.meaning, note: "answers keep holding" },
          { label: "New", value: counts.added },
          { label: "Removed", value: counts.removed },
          { label: "Moved", value: counts.moved },
          { label: "Unchanged", value: counts.unchanged },
        ]}
      />
      {shown.length === 0 && (
        <EmptyState title="Nothing differs" tone="good">
          Both releases say the same.
        </EmptyState>
      )}
      {shown.map((clause) => (
        <ClauseChanges key={clause.key} clause={clause} layout={layout} />
      ))}
    </>
  );
}
