import { Button } from "@mantine/core";
import { IconRefresh } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useMay } from "@/api/session";
import { languageName } from "@/pages/content/shapes";
import { StartCampaignDialog } from "../campaigns/StartCampaignDialog";
import { count, duration, EmptyState, Figures, Panel, QueryView, sentenceCase, useShortcuts } from "@/ui";
import { hoursOf, hoursShort, restsOn } from "../figures";
import { impactQuery } from "../queries";
import { CountLink } from "../records/CountLink";
import { nounOf } from "../records/place";
import type { ClauseImpact, Impact, Release } from "../shapes";
import { ReleasePair, useReleasePair } from "./ReleasePair";
import frame from "./ChangesView.module.css";
import classes from "./ImpactView.module.css";

/** What the change costs, before it is made: looking writes nothing. */
export function ImpactView({ release }: { release: Release }) {
  const pair = useReleasePair(release);
  const query = useQuery(impactQuery(release.id, pair.against));
  return (
    <div className={frame.scroll} tabIndex={0} role="region" aria-label="Impact" data-view="impact">
      <div className={frame.page}>
        <div className={frame.tools}>
          <ReleasePair release={release} pair={pair} />
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
  useShortcuts([
    { id: "impact.ask", label: "Ask these again", keys: "a", enabled: canAsk, run: () => setOrdering(true) },
  ]);
  if (impact.clauses.length === 0) {
    return (
      <EmptyState title="No answer stops holding" tone="good">
        Every clause that both releases ask keeps its meaning.
      </EmptyState>
    );
  }
  const where = { projectId: release.policy.project_id, releaseId: release.id };
  const between = { against: impact.against.id };
  return (
    <>
      <Figures
        figures={[
          ...Object.entries(impact.totals).map(([noun, value]) => ({
            label: sentenceCase(noun),
            value: (
              <CountLink {...where} place={{ ...between, noun }}>
                {count(value)}
              </CountLink>
            ),
            note: "stop holding",
          })),
          {
            label: "To ask again",
            value: impact.timings > 0 ? hoursShort(impact.hours) : "Not known",
            note: restsOn(impact),
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
        <ClauseCosts
          key={clause.clause_key}
          clause={clause}
          where={where}
          against={impact.against.id}
          severities={
            release.clauses.find((one) => one.key === clause.clause_key)?.document.severities ?? []
          }
        />
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

function ClauseCosts({
  clause,
  where,
  against,
  severities,
}: {
  clause: ClauseImpact;
  /** The release whose records the counts lead to. */
  where: { projectId: string; releaseId: string };
  against: string;
  severities: readonly { readonly value: number; readonly label: string }[];
}) {
  const severityName = (value: string): string => severities.find((step) => String(step.value) === value)?.label ?? value;
  const meaning = clause.after === null ? "no longer asked" : `meaning ${clause.before} → ${clause.after}`;
  return (
    <Panel
      title={clause.title}
      note={`${meaning}${clause.is_assumed ? ", as the rule proposes; not decided yet" : ""}`}
      actions={<span className={classes.hours}>{clause.hours > 0 ? hoursOf(clause.hours) : ""}</span>}
    >
      {clause.tallies.length === 0 && <p className={classes.none}>Nobody has answered this clause under the old meaning.</p>}
      <div className={classes.tallies}>
        {clause.tallies.map((tally) => {
          const place = { against, noun: tally.noun, clause: clause.clause_key };
          const linked = (part: "language" | "severity") => (name: string, value: string) => (
            <CountLink {...where} place={{ ...place, [part]: name === "" ? "none" : name }}>
              {value}
            </CountLink>
          );
          return (
            <div key={`${tally.source} ${tally.noun}`}>
              <h3 className={classes.noun}>
                <CountLink {...where} place={place}>
                  <strong>{count(tally.count)}</strong> {nounOf(tally.noun, tally.count)}
                </CountLink>
              </h3>
              <Shares title="By language" shares={tally.by_language} nameOf={languageName} unknown="unknown" total={tally.count} linked={linked("language")} />
              <Shares title="By severity" shares={tally.by_severity} nameOf={severityName} unknown="none" total={tally.count} linked={linked("severity")} />
              {tally.time !== null && clause.after !== null && (
                <p className={classes.timed}>
                  {seconds(tally.time.seconds)} each: the median of {count(tally.time.timings)} measured
                  {tally.time.timed < tally.count && `, known for ${count(tally.time.timed)} of them`}
                </p>
              )}
            </div>
          );
        })}
      </div>
    </Panel>
  );
}

function seconds(value: number): string {
  return value < 10 ? `${value.toFixed(1)} s` : duration(value * 1000);
}

function Shares({
  title,
  shares,
  nameOf,
  unknown,
  total,
  linked,
}: {
  title: string;
  shares: Readonly<Record<string, number>>;
  nameOf: (name: string) => string;
  unknown: string;
  total: number;
  /** A share's number as a link to what it counts. */
  linked: (name: string, value: string) => ReactNode;
}) {
  const rows = Object.entries(shares).sort(([, a], [, b]) => b - a);
  if (rows.length === 0 || (rows.length === 1 && (rows[0]?.[0] === "" || rows[0]?.[0] === "none"))) return null;
  return (
    <div className={classes.shares}>
      <h4>{title}</h4>
      <dl>
        {rows.map(([name, value]) => (
          <div key={name} className={classes.share}>
            <dt>{name === "" ? unknown : nameOf(name)}</dt>
            <dd>
              <span className={classes.track} aria-hidden>
                <span style={{ width: `${(value / Math.max(total, 1)) * 100}%` }} />
              </span>
              {linked(name, count(value))}
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
