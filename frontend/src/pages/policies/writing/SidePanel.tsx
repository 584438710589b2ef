import { SegmentedControl } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { IconAlertCircle, IconCheck } from "@tabler/icons-react";
import { count, Time } from "@/ui";
import { hoursOf } from "../figures";
import { discussionQuery, impactQuery } from "../queries";
import { nounOf } from "../records/place";
import type { Release } from "../shapes";
import { openByClause, type Speaking, TalkPanel } from "../talk/TalkPanel";
import { fieldWords } from "../wording";
import type { ClauseDesk, Entry } from "./ClauseDesk";
import { DecisionCard } from "./DecisionCard";
import { HistoryPanel } from "./HistoryPanel";
import { Reviewers } from "./Reviewers";
import { SaveState } from "./SaveState";
import classes from "./SidePanel.module.css";
import type { PresentPeople } from "./useDraftNews";

export type SideTab = "draft" | "talk" | "history";

/** Beside the page: whether it is saved and who else is there; what it changes and costs, what is said, what was saved. */
export function SidePanel({
  release,
  entry,
  desk,
  people,
  tab,
  onTab,
  speaking,
  onSpeak,
  onOpen,
}: {
  release: Release;
  entry: Entry | undefined;
  desk: ClauseDesk;
  people: PresentPeople;
  tab: SideTab;
  onTab: (tab: SideTab) => void;
  speaking: Speaking | null;
  onSpeak: (speaking: Speaking | null) => void;
  onOpen: (key: string) => void;
}) {
  const { data: discussion } = useQuery(discussionQuery(release.id));
  const key = entry?.clause.key;
  const said = key === undefined ? 0 : (openByClause(discussion).get(key) ?? 0);
  /** The version a suggestion may be put on; none while this page has unsaved words of its own. */
  const savedVersion = async (): Promise<number | null> => {
    await desk.flush();
    const now = key === undefined ? undefined : desk.snapshot().get(key);
    return now?.phase === "saved" ? now.clause.version : null;
  };
  return (
    <aside className={classes.panel} aria-label="About this draft" data-place="beside">
      <SaveState entry={entry} />
      <Present people={people} release={release} onOpen={onOpen} />
      <SegmentedControl
        aria-label="What to show beside the text"
        size="xs"
        fullWidth
        value={tab}
        onChange={(value) => onTab(value)}
        data={[
          { value: "draft", label: "Draft" },
          { value: "talk", label: said === 0 ? "Comments" : `Comments (${said})` },
          { value: "history", label: "History" },
        ]}
      />
      {tab === "draft" && <AboutDraft release={release} entry={entry} desk={desk} onOpen={onOpen} />}
      {tab === "talk" && (
        <TalkPanel
          release={release}
          clause={entry?.clause ?? null}
          text={entry?.text ?? null}
          speaking={speaking}
          onSpeak={onSpeak}
          beforeAccept={savedVersion}
        />
      )}
      {tab === "history" &&
        (entry === undefined ? (
          <p className={classes.small}>Open a clause to see its saved versions.</p>
        ) : (
          <HistoryPanel
            key={entry.clause.key}
            release={release}
            clauseKey={entry.clause.key}
            isSaved={entry.phase === "saved"}
            onRestore={(text) => desk.replace(entry.clause.key, () => text)}
          />
        ))}
    </aside>
  );
}

/** Who else has the draft open, and where they are. */
function Present({ people, release, onOpen }: { people: PresentPeople; release: Release; onOpen: (key: string) => void }) {
  if (people.length === 0) return null;
  return (
    <ul className={classes.people} aria-label="Also here">
      {people.map(({ person, clause_key: key }) => {
        const clause = release.clauses.find((one) => one.key === key);
        return (
          <li key={person.id}>
            <span className={classes.dot} aria-hidden />
            {person.display_name} is here too
            {clause !== undefined && (
              <>
                , in{" "}
                <button type="button" className={classes.inline} onClick={() => onOpen(key)}>
                  {clause.document.title}
                </button>
              </>
            )}
          </li>
        );
      })}
    </ul>
  );
}

function AboutDraft({
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
    <>
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
      <Reviewers release={release} />
      {entry?.clause.edited_by !== null && entry?.clause.edited_by !== undefined && (
        <p className={classes.small}>
          Last written by {entry.clause.edited_by.display_name}, <Time at={entry.clause.edited_at} />
        </p>
      )}
    </>
  );
}

function Cost({ release, entry }: { release: Release; entry: Entry | undefined }) {
  const impact = useQuery(impactQuery(release.id, null));
  if (impact.data === undefined) return null;
  const here = impact.data.clauses.find((clause) => clause.clause_key === entry?.clause.key);
  const records = here?.tallies.map((tally) => `${count(tally.count)} ${nounOf(tally.noun, tally.count)}`).join(", ");
  return (
    <section className={classes.card}>
      <h2 className={classes.title}>What it costs</h2>
      {here === undefined ? (
        <p>{entry === undefined ? "What this draft changes so far:" : "Answers to this clause keep holding."}</p>
      ) : (
        <p>
          {records === undefined || records === "" ? "Nobody has answered it yet: nothing stops holding" : `${records} stop holding`}
          {here.hours > 0 && `; asking again takes ${hoursOf(here.hours)}`}.
        </p>
      )}
      {entry === undefined && impact.data.hours === 0 && <p className={classes.small}>No answers would have to be asked again.</p>}
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
