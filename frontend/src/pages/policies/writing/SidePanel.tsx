import { useQuery } from "@tanstack/react-query";
import { IconAlertCircle, IconCheck } from "@tabler/icons-react";
import { count, Time } from "@/ui";
import { hoursOf } from "../figures";
import { impactQuery } from "../queries";
import type { Release } from "../shapes";
import { fieldWords } from "../wording";
import type { ClauseDesk, Entry } from "./ClauseDesk";
import { DecisionCard } from "./DecisionCard";
import { SaveState } from "./SaveState";
import classes from "./SidePanel.module.css";

/** Beside the page: whether it is saved, what it changes, what it costs, what is still to do. */
export function SidePanel({
  release,
  entry,
  desk,
  onOpen,
}: {
  release: Release;
  entry: Entry | undefined;
  desk: ClauseDesk;
  onOpen: (key: string) => void;
}) {
  return (
    <aside className={classes.panel} aria-label="About this draft">
      <SaveState entry={entry} />
      {entry !== undefined && release.based_on !== null && (
        <DecisionCard
          entry={entry}
          baseNumber={release.based_on.number ?? 0}
          onDecide={(decision) => desk.decide(entry.clause.key, decision)}
          onExplain={(reason) => desk.explain(entry.clause.key, reason)}
        />
      )}
      {release.based_on !== null && release.actions.see_impact && <Cost release={release} entry={entry} />}
      <ToDo release={release} onOpen={onOpen} />
      {entry?.clause.edited_by !== null && entry?.clause.edited_by !== undefined && (
        <p className={classes.small}>
          Last written by {entry.clause.edited_by.display_name}, <Time at={entry.clause.edited_at} />
        </p>
      )}
    </aside>
  );
}

function Cost({ release, entry }: { release: Release; entry: Entry | undefined }) {
  const impact = useQuery(impactQuery(release.id, null));
  if (impact.data === undefined) return null;
  const here = impact.data.clauses.find((clause) => clause.clause_key === entry?.clause.key);
  const records = here?.tallies.map((tally) => `${count(tally.count)} ${tally.noun}`).join(", ");
  return (
    <section className={classes.card}>
      <h2 className={classes.title}>What it costs</h2>
      {here === undefined ? (
        <p>Answers to this clause keep holding.</p>
      ) : (
        <p>
          {records === undefined || records === "" ? "No answers yet" : records} stop holding
          {here.hours > 0 && `; asking again takes ${hoursOf(here.hours)}`}.
        </p>
      )}
      {impact.data.hours > 0 && <p className={classes.small}>Whole draft: {hoursOf(impact.data.hours)}.</p>}
    </section>
  );
}

function ToDo({ release, onOpen }: { release: Release; onOpen: (key: string) => void }) {
  const titles = new Map(release.clauses.map((clause) => [clause.key, clause.document.title]));
  if (release.problems.length === 0) {
    return (
      <section className={classes.card}>
        <h2 className={classes.title}>To do</h2>
        <p className={classes.done}>
          <IconCheck size={16} aria-hidden /> Nothing is missing. It can be handed in.
        </p>
      </section>
    );
  }
  return (
    <section className={classes.card}>
      <h2 className={classes.title}>To do before handing in</h2>
      <ul className={classes.list}>
        {release.problems.map((problem, at) => (
          <li key={at}>
            <IconAlertCircle size={15} aria-hidden className={classes.sign} />
            <span>
              {problem.clause_key !== "" && (
                <button type="button" className={classes.where} onClick={() => onOpen(problem.clause_key)}>
                  {titles.get(problem.clause_key) ?? problem.clause_key}
                  {fieldWords[problem.field] !== undefined && `, ${fieldWords[problem.field]?.toLowerCase() ?? ""}`}
                </button>
              )}
              {problem.sentence}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
