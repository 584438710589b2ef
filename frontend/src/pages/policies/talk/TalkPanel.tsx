import { Button, Switch } from "@mantine/core";
import { IconMessagePlus } from "@tabler/icons-react";
import { useState } from "react";
import { QueryView } from "@/ui";
import type { Clause, ClauseText, Discussion, Release } from "../shapes";
import { Composer } from "./Composer";
import { placesOf } from "./places";
import { SuggestionCard } from "./SuggestionCard";
import classes from "./Talk.module.css";
import { ThreadCard } from "./ThreadCard";
import { type Talk, useTalk } from "./useTalk";

/** What is about to be said, and of which passage. */
export interface Speaking {
  readonly at: string;
  readonly mode: "comment" | "suggest";
}

/** What people said about one clause, and the way to say more. Open matters first; settled ones on demand. */
export function TalkPanel({
  release,
  clause,
  text,
  speaking,
  onSpeak,
  beforeAccept,
}: {
  release: Release;
  clause: Clause | null;
  /** The clause as it stands on this page; saved or not. */
  text: ClauseText | null;
  speaking: Speaking | null;
  onSpeak: (speaking: Speaking | null) => void;
  /** Save what is being written first; returns the version a suggestion may be put on. */
  beforeAccept?: () => Promise<number | null>;
}) {
  const talk = useTalk(release.id);
  return (
    <QueryView query={talk.discussion}>
      {(discussion) => (
        <Said
          discussion={discussion}
          talk={talk}
          release={release}
          clause={clause}
          text={text}
          speaking={speaking}
          onSpeak={onSpeak}
          beforeAccept={beforeAccept}
        />
      )}
    </QueryView>
  );
}

function Said({
  discussion,
  talk,
  release,
  clause,
  text,
  speaking,
  onSpeak,
  beforeAccept,
}: Parameters<typeof TalkPanel>[0] & { discussion: Discussion; talk: Talk }) {
  const [showsSettled, setShowsSettled] = useState(false);
  const keys = new Set(release.clauses.map((one) => one.key));
  const isHere = (key: string): boolean => key === clause?.key || (clause === null && !keys.has(key));
  const threads = discussion.threads.filter((thread) => isHere(thread.clause_key));
  const suggestions = discussion.suggestions.filter((one) => isHere(one.clause_key));
  const open = threads.filter((thread) => thread.resolved_at === null);
  const waiting = suggestions.filter((one) => one.state === "open");
  const settled = threads.length - open.length + suggestions.length - waiting.length;
  const elsewhere = openElsewhere(discussion, clause?.key ?? null);
  return (
    <div className={classes.panel}>
      {clause !== null && text !== null && (
        <>
          {speaking === null ? (
            <Button
              data-landing
              variant="default"
              size="xs"
              leftSection={<IconMessagePlus size={15} aria-hidden />}
              onClick={() => onSpeak({ at: "", mode: "comment" })}
            >
              Comment or suggest
            </Button>
          ) : (
            <Composer
              key={`${clause.key} ${speaking.at} ${speaking.mode}`}
              places={placesOf(text)}
              speaking={speaking}
              isBusy={talk.comment.isPending || talk.suggest.isPending}
              onSpeak={onSpeak}
              onComment={(at, words) =>
                talk.comment.mutate({ clause_key: clause.key, at, text: words }, { onSuccess: () => onSpeak(null) })
              }
              onSuggest={(at, proposed, why) =>
                talk.suggest.mutate({ clause_key: clause.key, at, proposed, why }, { onSuccess: () => onSpeak(null) })
              }
            />
          )}
        </>
      )}
      {waiting.map((one) => (
        <SuggestionCard key={one.id} suggestion={one} text={text} release={release} talk={talk} beforeAccept={beforeAccept} />
      ))}
      {open.map((thread) => (
        <ThreadCard key={thread.id} thread={thread} text={text} talk={talk} />
      ))}
      {open.length + waiting.length === 0 && <p className={classes.none}>Nothing is open here.</p>}
      {settled > 0 && (
        <Switch
          size="xs"
          label={`Settled ones too (${settled})`}
          checked={showsSettled}
          onChange={(event) => setShowsSettled(event.currentTarget.checked)}
        />
      )}
      {showsSettled && (
        <>
          {suggestions
            .filter((one) => one.state !== "open")
            .map((one) => (
              <SuggestionCard key={one.id} suggestion={one} text={text} release={release} talk={talk} />
            ))}
          {threads
            .filter((thread) => thread.resolved_at !== null)
            .map((thread) => (
              <ThreadCard key={thread.id} thread={thread} text={text} talk={talk} />
            ))}
        </>
      )}
      {elsewhere > 0 && <p className={classes.none}>{elsewhere} open in other clauses; the outline marks them.</p>}
    </div>
  );
}

function openElsewhere(discussion: Discussion, key: string | null): number {
  const counts = openByClause(discussion);
  return [...counts].reduce((sum, [other, number]) => (other === key ? sum : sum + number), 0);
}

/** How many comments and suggestions wait, by clause. */
export function openByClause(discussion: Discussion | undefined): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  const add = (key: string): void => void counts.set(key, (counts.get(key) ?? 0) + 1);
  for (const thread of discussion?.threads ?? []) if (thread.resolved_at === null) add(thread.clause_key);
  for (const one of discussion?.suggestions ?? []) if (one.state === "open") add(one.clause_key);
  return counts;
}

/** The same, by passage of one clause. */
export function openByPlace(discussion: Discussion | undefined, key: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  const add = (at: string): void => void counts.set(at, (counts.get(at) ?? 0) + 1);
  for (const thread of discussion?.threads ?? []) if (thread.resolved_at === null && thread.clause_key === key) add(thread.at);
  for (const one of discussion?.suggestions ?? []) if (one.state === "open" && one.clause_key === key) add(one.at);
  return counts;
}
