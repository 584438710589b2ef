import { Button } from "@mantine/core";
import { IconRefresh } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useMay } from "@/api/session";
import { StartCampaignDialog } from "../campaigns/StartCampaignDialog";
import { count, EmptyState, Figures, Panel, QueryView, sentenceCase } from "@/ui";
import { hoursOf } from "../figures";
import { impactQuery } from "../queries";
import type { ClauseImpact, Impact, Release } from "../shapes";
import { AgainstChoice } from "./ChangesView";
import frame from "./ChangesView.module.css";
import classes from "./ImpactView.module.css";

/** What the change costs, before it is made: looking writes nothing. */
export function ImpactView({ release }: { release: Release }) {
  const [against, setAgainst] = useState<string | null>(release.based_on?.id ?? null);
  const query = useQuery(impactQuery(release.id, against));
  return (
    <div className={frame.scroll} tabIndex={0} role="region" aria-label="Impact">
      <div className={frame.page}>
        <div className={frame.tools}>
          <AgainstChoice release={release} against={against} onChange={setAgainst} />
        </div>
        <QueryView query={query}>{(impact) => <Costs impact={impact} release={release} />}</QueryView>
      </div>
    </div>
  );
}

function Costs({ impact, release }: { impact: Impact; release: Release }) {
  const mayOrder = useMay(release.policy.project_id, "policy.approve");
  const [isOrdering, setOrdering] = useState(false);
  const canAsk = mayOrder && release.state === "released" && impact.clauses.some((clause) => clause.after !== null);
  if (impact.clauses.length === 0) {
    return (
      <EmptyState title="No answer stops holding" tone="good">
        Every clause that both releases ask keeps its meaning.
      </EmptyState>
    );
  }
  return (
    <>
      <Figures
        figures={[
          ...Object.entries(impact.totals).map(([noun, value]) => ({ label: sentenceCase(noun), value: count(value), note: "stop holding" })),
          {
            label: "To ask again",
            value: impact.hours > 0 ? hoursOf(impact.hours) : "0 h",
            note: "from the time these answers took",
          },
        ]}
      />
      {canAsk && (
        <div>
          <Button leftSection={<IconRefresh size={16} aria-hidden />} onClick={() => setOrdering(true)}>
            Ask these again
          </Button>
        </div>
      )}
      {impact.clauses.map((clause) => (
        <ClauseCosts key={clause.clause_key} clause={clause} />
      ))}
      <StartCampaignDialog
        projectId={release.policy.project_id}
        impact={impact}
        isOpen={isOrdering}
        onClose={() => setOrdering(false)}
      />
    </>
  );
}

function ClauseCosts({ clause }: { clause: ClauseImpact }) {
  const meaning = clause.after === null ? "no longer asked" : `meaning ${clause.before} → ${clause.after}`;
  return (
    <Panel
      title={clause.title}
      note={`${meaning}${clause.is_assumed ? ", as the rule proposes; not decided yet" : ""}`}
      actions={<span className={classes.hours}>{clause.hours > 0 ? hoursOf(clause.hours) : ""}</span>}
    >
      {clause.tallies.length === 0 && <p className={classes.none}>Nobody has answered this clause under the old meaning.</p>}
      <div className={classes.tallies}>
        {clause.tallies.map((tally) => (
          <div key={`${tally.source} ${tally.noun}`} className={classes.tally}>
            <h3 className={classes.noun}>
              <strong>{count(tally.count)}</strong> {tally.noun}
            </h3>
            <Shares title="By language" shares={tally.by_language} unknown="unknown" total={tally.count} />
            <Shares title="By severity" shares={tally.by_severity} unknown="none" total={tally.count} />
          </div>
        ))}
      </div>
    </Panel>
  );
}

function Shares({
  title,
  shares,
  unknown,
  total,
}: {
  title: string;
  shares: Readonly<Record<string, number>>;
  unknown: string;
  total: number;
}) {
  const rows = Object.entries(shares).sort(([, a], [, b]) => b - a);
  if (rows.length === 0 || (rows.length === 1 && (rows[0]?.[0] === "" || rows[0]?.[0] === "none"))) return null;
  return (
    <div className={classes.shares}>
      <h4>{title}</h4>
      <dl>
        {rows.map(([name, value]) => (
          <div key={name} className={classes.share}>
            <dt>{name === "" ? unknown : name}</dt>
            <dd>
              <span className={classes.track} aria-hidden>
                <span style={{ width: `${(value / Math.max(total, 1)) * 100}%` }} />
              </span>
              {count(value)}
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
