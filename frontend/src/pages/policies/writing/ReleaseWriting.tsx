import { useNavigate, useSearch } from "@tanstack/react-router";
import { EmptyState, useShortcuts } from "@/ui";
import { outlineOf } from "../reading/outline";
import type { Release } from "../shapes";
import { AboutRelease } from "./AboutRelease";
import type { ClauseDesk, Entry } from "./ClauseDesk";
import { ClauseWriting } from "./ClauseWriting";
import { ConflictPanel } from "./ConflictPanel";
import { Outline } from "./Outline";
import classes from "./ReleaseWriting.module.css";
import { SidePanel } from "./SidePanel";

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
  const asked = search["clause"];
  const chosen = asked === about ? about : (keys.find((key) => key === asked) ?? keys[0] ?? about);
  const entry = entries.get(chosen);
  const open = (key: string): void => {
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
  useShortcuts([
    { id: "writing.next", label: "Next clause", keys: "alt+pagedown", whileTyping: true, run: () => step(1) },
    { id: "writing.previous", label: "Previous clause", keys: "alt+pageup", whileTyping: true, run: () => step(-1) },
    {
      id: "writing.save",
      label: "Save now (it also saves by itself)",
      keys: "mod+s",
      whileTyping: true,
      run: () => void desk.flush(),
    },
  ]);
  return (
    <div className={classes.desk}>
      <Outline release={release} rows={rows} entries={entries} chosen={chosen} aboutKey={about} onOpen={open} />
      <div className={classes.scroll} tabIndex={-1}>
        <div className={classes.page}>
          {chosen === about && <AboutRelease key={release.version} release={release} />}
          {entry !== undefined && (
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
                clauseKey={chosen}
                text={entry.text}
                others={release.clauses.filter((clause) => clause.key !== chosen)}
                onWrite={(change) => desk.write(chosen, change)}
              />
            </>
          )}
          {rows.length === 0 && chosen !== about && <EmptyState title="No clause yet">Add the first one on the left.</EmptyState>}
        </div>
      </div>
      <SidePanel release={release} entry={entry} desk={desk} onOpen={open} />
    </div>
  );
}
