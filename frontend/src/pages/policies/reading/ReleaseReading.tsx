import { NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { api, taken } from "@/api/client";
import { useMay } from "@/api/session";
import { fullTime, plural, useShortcuts } from "@/ui";
import { Prose } from "@/ui/Prose";
import { bound } from "@/work/keyTables";
import { languageChosen, languageName, worded } from "@/work/rule/wording";
import type { Clause, Release } from "../shapes";
import { writingCommands } from "../writing/commands";
import { DeskPlaces } from "../writing/DeskPlaces";
import { whatBecameOf } from "../writing/GoneClauses";
import { ClauseReading } from "./ClauseReading";
import { outlineOf } from "./outline";
import classes from "./ReleaseReading.module.css";
import { ReviewAside } from "./ReviewAside";
import { ReviewNotes } from "./ReviewNotes";

/** A release to be read: contents on the left, the text as a page, who stands behind it at its head. */
export function ReleaseReading({ release }: { release: Release }) {
  const rows = outlineOf(release.clauses);
  const page = useRef<HTMLDivElement>(null);
  const here = useClauseInView(page, release.clauses.map((clause) => clause.key).join(" "));
  const mayTalk = useMay(release.policy.project_id, "policy.approve") && release.number === null;
  const [places] = useState(() => new DeskPlaces());
  useShortcuts(bound(writingCommands, { "writing.on": () => places.go(1), "writing.back": () => places.go(-1) }));
  const [picked, setPicked] = useState<string | null>(null);
  const mine = useQuery({ queryKey: ["me", "languages"], queryFn: () => taken(api.GET("/api/me/languages/")), staleTime: 60_000 });
  const offered = languagesOf(release);
  const wanted = picked === null ? (mine.data?.languages ?? []) : picked === "" ? [] : [picked];
  return (
    <div className={classes.layout} data-talking={mayTalk || undefined} onFocus={(event) => places.note(event.target)}>
      <nav className={classes.contents} aria-label="Clauses" tabIndex={0} data-place="outline">
        {offered.length > 0 && (
          <NativeSelect
            className={classes.language}
            size="xs"
            label="Read in"
            value={picked ?? "mine"}
            onChange={(event) => setPicked(event.currentTarget.value === "mine" ? null : event.currentTarget.value)}
            data={[
              { value: "mine", label: "My languages" },
              { value: "", label: "As it was written" },
              ...offered.map((tag) => ({ value: tag, label: languageName(tag) })),
            ]}
          />
        )}
        <p className={classes.caption}>{plural(rows.length, "clause")}</p>
        <ol className={classes.list}>
          {rows.map(({ clause, depth }) => (
            <li key={clause.key} style={{ paddingInlineStart: depth * 14 }}>
              <a
                href={`#clause-${clause.key}`}
                aria-current={here === clause.key ? "location" : undefined}
                data-landing={here === clause.key || undefined}
              >
                {titleFor(clause, wanted)}
              </a>
            </li>
          ))}
        </ol>
      </nav>
      <div
        className={classes.scroll}
        ref={page}
        tabIndex={0}
        role="region"
        aria-label="The text of this release"
        data-view="text"
        data-place="text"
        data-landing
      >
        <article className={classes.page}>
          <header className={classes.head}>
            <p className={classes.label}>{release.label}</p>
            <p className={classes.name}>{release.title}</p>
            <p className={classes.facts}>{factsOf(release)}</p>
            {release.notes !== "" && (
              <div className={classes.notes}>
                <Prose text={release.notes} />
              </div>
            )}
          </header>
          <ReviewNotes release={release} />
          {rows.map(({ clause, depth }) => (
            <ClauseReading
              key={clause.key}
              release={release}
              clause={clause}
              depth={depth}
              wanted={wanted}
              showsWhy={release.state === "in_review"}
            />
          ))}
          {rows.length === 0 && <p className={classes.facts}>Nothing is written here yet.</p>}
          <NoLongerAsked release={release} />
        </article>
      </div>
      {mayTalk && <ReviewAside release={release} clauseKey={here} places={places} />}
    </div>
  );
}

/** What the release before asked and this one does not, and what that means for its answers. */
function NoLongerAsked({ release }: { release: Release }) {
  if (release.gone.length === 0) return null;
  return (
    <section className={classes.gone} aria-label="No longer asked">
      <h2>No longer asked</h2>
      <p className={classes.facts}>
        Since release {release.based_on?.number}. Answers to these clauses stay on record and hold under no release from here on.
      </p>
      <ul>
        {release.gone.map((clause) => (
          <li key={clause.key}>
            <strong>{clause.title}</strong> <code>{clause.key}</code>
            <br />
            {whatBecameOf(clause, release)} {clause.reason}
          </li>
        ))}
      </ul>
    </section>
  );
}

function titleFor({ document }: Clause, wanted: readonly string[]): string {
  const language = languageChosen(document.language, document.translations.map((one) => one.language), wanted);
  const passages = document.translations.find((one) => one.language === language)?.passages ?? [];
  return worded(document, passages).title;
}

function languagesOf(release: Release): string[] {
  return [...new Set(release.clauses.flatMap((clause) => clause.document.translations.map((one) => one.language)))].sort();
}

function factsOf(release: Release): string {
  const facts = [`Written by ${release.created_by.display_name}`];
  if (release.published_by !== null) facts.push(`published by ${release.published_by.display_name}`);
  if (release.effective_at !== null) facts.push(`in effect from ${fullTime(new Date(release.effective_at))}`);
  if (release.retired_at !== null) facts.push(`retired ${fullTime(new Date(release.retired_at))}`);
  return `${facts.join(", ")}.`;
}

/** The clause whose text stands at the top of the page, for the contents. */
function useClauseInView(page: React.RefObject<HTMLDivElement | null>, keys: string): string | null {
  const [here, setHere] = useState<string | null>(null);
  useEffect(() => {
    const root = page.current;
    if (root === null) return;
    const find = (): void => {
      const edge = root.getBoundingClientRect().top + 140;
      const passed = [...root.querySelectorAll<HTMLElement>("[data-clause]")].filter(
        (element) => element.getBoundingClientRect().top <= edge,
      );
      setHere(passed.at(-1)?.dataset["clause"] ?? keys.split(" ")[0] ?? null);
    };
    find();
    root.addEventListener("scroll", find, { passive: true });
    return () => root.removeEventListener("scroll", find);
  }, [page, keys]);
  return here;
}
