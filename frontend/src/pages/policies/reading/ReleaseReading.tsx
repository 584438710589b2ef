import { useEffect, useRef, useState } from "react";
import { fullTime, plural } from "@/ui";
import { Prose } from "../Prose";
import type { Release } from "../shapes";
import { ClauseReading } from "./ClauseReading";
import { outlineOf } from "./outline";
import classes from "./ReleaseReading.module.css";
import { ReviewNotes } from "./ReviewNotes";

/** A release to be read: contents on the left, the text as a page, who stands behind it at its head. */
export function ReleaseReading({ release }: { release: Release }) {
  const rows = outlineOf(release.clauses);
  const page = useRef<HTMLDivElement>(null);
  const here = useClauseInView(page, release.clauses.map((clause) => clause.key).join(" "));
  return (
    <div className={classes.layout}>
      <nav className={classes.contents} aria-label="Clauses" tabIndex={0}>
        <p className={classes.caption}>{plural(rows.length, "clause")}</p>
        <ol className={classes.list}>
          {rows.map(({ clause, depth }) => (
            <li key={clause.key} style={{ paddingInlineStart: depth * 14 }}>
              <a href={`#clause-${clause.key}`} aria-current={here === clause.key ? "location" : undefined}>
                {clause.document.title}
              </a>
            </li>
          ))}
        </ol>
      </nav>
      <div className={classes.scroll} ref={page} tabIndex={0} role="region" aria-label="The text of this release">
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
            <ClauseReading key={clause.key} clause={clause} depth={depth} />
          ))}
          {rows.length === 0 && <p className={classes.facts}>Nothing is written here yet.</p>}
        </article>
      </div>
    </div>
  );
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
