import { useState } from "react";
import { useShortcuts } from "@/ui";
import type { Release } from "../shapes";
import { type Speaking, TalkPanel } from "../talk/TalkPanel";
import type { DeskPlaces } from "../writing/DeskPlaces";
import { Reviewers } from "../writing/Reviewers";
import { useDraftNews } from "../writing/useDraftNews";
import classes from "./ReviewAside.module.css";

/** Beside a text that is not out yet, for those who review it: who else does, and what is said about the clause in view. */
export function ReviewAside({
  release,
  clauseKey,
  places,
}: {
  release: Release;
  clauseKey: string | null;
  /** Whoever speaks comes back to where they read. */
  places: DeskPlaces;
}) {
  const [speaking, setSpeaking] = useState<(Speaking & { readonly key: string }) | null>(null);
  const clause = release.clauses.find((one) => one.key === (speaking?.key ?? clauseKey)) ?? null;
  useDraftNews(release, clauseKey ?? "");
  const speak = (next: Speaking | null): void => {
    setSpeaking(next === null || clause === null ? null : { ...next, key: clause.key });
    if (next === null) places.comeBack();
    else if (speaking === null) places.goBeside();
  };
  useShortcuts([
    { id: "reading.talk", label: "Comment or suggest", keys: "alt+m", whileTyping: true, run: () => speak({ at: "", mode: "comment" }) },
  ]);
  return (
    <aside className={classes.aside} aria-label="About this draft" data-place="beside">
      <Reviewers release={release} />
      {clause !== null && (
        <section aria-label={`Said about ${clause.document.title}`}>
          <h2 className={classes.title}>{clause.document.title}</h2>
          <TalkPanel
            key={clause.key}
            release={release}
            clause={clause}
            text={clause.document}
            speaking={speaking}
            onSpeak={speak}
            beforeAccept={() => Promise.resolve(clause.version)}
          />
        </section>
      )}
    </aside>
  );
}
