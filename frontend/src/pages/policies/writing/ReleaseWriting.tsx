import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { EmptyState, useShortcuts } from "@/ui";
import { useFocusKept } from "@/ui/focus";
import { bound } from "@/work/keyTables";
import { discussionQuery } from "../queries";
import { outlineOf } from "../reading/outline";
import type { Release } from "../shapes";
import { openByClause, openByPlace, type Speaking } from "../talk/TalkPanel";
import { AboutRelease } from "./AboutRelease";
import type { ClauseDesk, Entry } from "./ClauseDesk";
import { ClauseWriting } from "./ClauseWriting";
import { conflictCommands, writingCommands } from "./commands";
import { ConflictPanel } from "./ConflictPanel";
import { DeskPlaces, passageWritten } from "./DeskPlaces";
import { LeftPanel } from "./LeftPanel";
import { Outline } from "./Outline";
import classes from "./ReleaseWriting.module.css";
import { SidePanel, type SideTab } from "./SidePanel";
import { useDraftNews } from "./useDraftNews";
import { useWritingInto } from "./useWritingInto";

const about = "about";

/** The editor: outline, page, and what the page still needs. Everything saves itself. */
export function ReleaseWriting({
  release,
  desk,
  entries,
}: {
  release: Release;
  desk: ClauseDesk;
  entries: ReadonlyMap<string, Entry>;
}) {
  const navigate = useNavigate();
  const search: Record<string, unknown> = useSearch({ strict: false });
  const rows = outlineOf(release.clauses);
  const keys = rows.map((row) => row.clause.key);
  useWritingInto(release, desk, search["write"]);
  const asked = search["clause"];
  const chosen = asked === about ? about : (keys.find((key) => key === asked) ?? keys[0] ?? about);
  const entry = entries.get(chosen);
  const [tab, setTab] = useState<SideTab>("draft");
  const [speaking, setSpeaking] = useState<Speaking | null>(null);
  const people = useDraftNews(release, chosen === about ? "" : chosen);
  const { data: discussion } = useQuery(discussionQuery(release.id));
  const [places] = useState(() => new DeskPlaces());
  const inConflict = entry !== undefined && entry.conflict !== null;
  useFocusKept(`${chosen} ${inConflict}`, () => places.landingIn("text"));
  const open = (key: string): void => {
    setSpeaking(null);
    void navigate({
      to: `/p/${release.policy.project_id}/releases/${release.id}`,
      search: { clause: key },
      replace: true,
    });
  };
  const step = (by: number): void => {
    const all = [about, ...keys];
    const next = all[all.indexOf(chosen) + by];
    if (next !== undefined) open(next);
  };
  const speak = (next: Speaking | null): void => {
    setSpeaking(next);
    if (next === null) places.comeBack();
    else if (speaking === null) places.goBeside();
    if (next !== null) setTab("talk");
  };
  const showHistory = (): void => {
    const isShown = tab === "history";
    setTab(isShown ? "draft" : "history");
    if (isShown) places.comeBack();
    else places.goBeside(() => document.querySelector("[data-versions]"));
  };
  useShortcuts(
    bound(writingCommands, {
      "writing.next": () => step(1),
      "writing.previous": () => step(-1),
      "writing.save": () => void desk.flush(),
      "writing.talk": () => speak({ at: passageWritten(), mode: "comment" }),
      "writing.history": showHistory,
      "writing.on": () => places.go(1),
      "writing.back": () => places.go(-1),
    }),
  );
  useShortcuts(
    bound(
      conflictCommands,
      inConflict ? { "writing.mine": () => desk.keepMine(chosen), "writing.theirs": () => desk.takeTheirs(chosen) } : {},
    ),
  );
  const left = [...entries].filter(([key, one]) => one.phase === "left" && !keys.includes(key));
  return (
    <div className={classes.desk} onFocus={(event) => places.note(event.target)}>
      <Outline
        release={release}
        rows={rows}
        entries={entries}
        people={people}
        talk={openByClause(discussion)}
        chosen={chosen}
        aboutKey={about}
        onOpen={open}
        beforeChange={() => desk.flush()}
      />
      <div className={classes.scroll} tabIndex={-1} data-place="text" data-view="text">
        <div className={classes.page}>
          {left.map(([key, one]) => (
            <LeftPanel key={key} release={release} clauseKey={key} entry={one} desk={desk} />
          ))}
          {chosen === about && <AboutRelease release={release} />}
          {entry !== undefined && chosen !== about && (
            <>
              {entry.conflict !== null && (
                <ConflictPanel
                  mine={entry.text}
                  theirs={entry.conflict.theirs}
                  onKeepMine={() => desk.keepMine(chosen)}
                  onTakeTheirs={() => desk.takeTheirs(chosen)}
                />
              )}
              <ClauseWriting
                key={chosen}
                release={release}
                clauseKey={chosen}
                text={entry.text}
                others={release.clauses.filter((clause) => clause.key !== chosen)}
                talk={openByPlace(discussion, chosen)}
                onWrite={(change) => desk.write(chosen, change)}
                onSpeak={speak}
              />
            </>
          )}
          {rows.length === 0 && chosen !== about && <EmptyState title="No clause yet">Add the first one on the left.</EmptyState>}
        </div>
      </div>
      <SidePanel
        release={release}
        entry={chosen === about ? undefined : entry}
        desk={desk}
        people={people}
        tab={tab}
        onTab={setTab}
        speaking={speaking}
        onSpeak={speak}
        onOpen={open}
      />
    </div>
  );
}
