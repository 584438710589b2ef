import { Button } from "@mantine/core";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { Kbd, useShortcuts } from "@/ui";
import { type Rule, RuleText } from "../rule/RuleText";
import { bound, keyOf } from "../keyTables";
import { caseCommands } from "./commands";
import classes from "./CaseRoom.module.css";

/** A page that fills the window, with its name and what steers it on one line. */
export function CaseRoom({ title, header, children }: { title: string; header?: ReactNode; children: ReactNode }) {
  return (
    <div className={classes.room}>
      <header className={classes.header}>
        <h1 className={classes.title} tabIndex={-1} data-page-title>
          {title}
        </h1>
        {header}
      </header>
      {children}
    </div>
  );
}

/** What follows it in the header stands at the far end. */
export function Apart() {
  return <span className={classes.grow} />;
}

/** A room with nothing to do in it, or nothing yet. */
export function Quiet({ children }: { children: ReactNode }) {
  return <div className={classes.quiet}>{children}</div>;
}

/** The list, the post and what there is to decide, side by side. */
export function CaseColumns({ children }: { children: ReactNode }) {
  return <div className={classes.columns}>{children}</div>;
}

/** One case as the list shows it. */
export interface CaseRow {
  readonly id: string;
  /** The post, by the name it came with. */
  readonly name: string;
  /** The rule it is about, or whose it is. */
  readonly about: string;
  /** How the post begins, to know it by. */
  readonly excerpt?: string;
  readonly foot: ReactNode;
}

/** The cases that wait, and under them those that were settled here; the one on the screen is kept in view. */
export function CaseList({
  label,
  rows,
  settled = [],
  settledLabel = "Settled just now",
  currentId,
  onChoose,
  onMore,
}: {
  label: string;
  rows: readonly CaseRow[];
  settled?: readonly CaseRow[];
  settledLabel?: string;
  currentId: string | null;
  onChoose: (id: string) => void;
  /** Null when everything is loaded. */
  onMore: (() => void) | null;
}) {
  const list = useRef<HTMLElement>(null);
  useEffect(() => {
    list.current?.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest", behavior: "instant" });
  }, [currentId]);
  return (
    <nav ref={list} className={classes.list} aria-label={label}>
      <Rows rows={rows} currentId={currentId} onChoose={onChoose} />
      {onMore !== null && (
        <Button variant="subtle" size="xs" fullWidth onClick={onMore}>
          Load more
        </Button>
      )}
      {settled.length > 0 && (
        <>
          <h2 className={classes.settled} id="settled-cases">
            {settledLabel}
          </h2>
          <Rows rows={settled} currentId={currentId} onChoose={onChoose} labelledBy="settled-cases" />
        </>
      )}
    </nav>
  );
}

function Rows({
  rows,
  currentId,
  onChoose,
  labelledBy,
}: {
  rows: readonly CaseRow[];
  currentId: string | null;
  onChoose: (id: string) => void;
  labelledBy?: string;
}) {
  return (
    <ul aria-labelledby={labelledBy}>
      {rows.map((row) => (
        <li key={row.id}>
          <button
            type="button"
            className={classes.row}
            aria-current={row.id === currentId || undefined}
            onClick={() => onChoose(row.id)}
          >
            <span className={classes.rowName}>{row.name}</span>
            <span className={classes.rowClause}>{row.about}</span>
            {row.excerpt !== undefined && row.excerpt !== "" && (
              <span className={classes.rowExcerpt} dir="auto">
                {row.excerpt}
              </span>
            )}
            <span className={classes.rowFoot}>{row.foot}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

/** What is asked about the case, its rule to be read on the spot, and all there is to decide it by. */
export function CaseSide({ room, label, rule, children }: { room: string; label: string; rule: Rule; children: ReactNode }) {
  const [isRuleOpen, setRuleOpen] = useState(false);
  const toggle = (): void => setRuleOpen((before) => !before);
  const commands = caseCommands(room, "case");
  useShortcuts(bound(commands, { [`${room}.rule`]: toggle }));
  return (
    <section className={classes.side} aria-label={label} tabIndex={0}>
      <div>
        <p className={classes.clauseTitle}>{rule.title}</p>
        <h2 className={classes.question} dir="auto">
          {rule.question}
        </h2>
        <button type="button" className={classes.ruleSwitch} aria-expanded={isRuleOpen} onClick={toggle}>
          {isRuleOpen ? "Close the rule" : "Read the rule"} <Kbd {...keyOf(commands, `${room}.rule`)} quiet />
        </button>
        {isRuleOpen && (
          <div className={classes.rule} role="group" aria-label={`The rule: ${rule.title}`} tabIndex={0}>
            <RuleText rule={rule} />
          </div>
        )}
      </div>
      {children}
    </section>
  );
}
