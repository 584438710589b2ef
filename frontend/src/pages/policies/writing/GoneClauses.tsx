import { Button } from "@mantine/core";
import { IconArrowBackUp } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { showAnswer } from "@/api/answers";
import { api, taken } from "@/api/client";
import { announceProblem } from "@/ui";
import { releaseQuery } from "../queries";
import type { GoneClause, Release } from "../shapes";
import classes from "./Outline.module.css";

/** What the base asked and the draft does not, and what took its place. */
export function GoneClauses({ release, onOpen }: { release: Release; onOpen: (key: string) => void }) {
  const queries = useQueryClient();
  const restore = useMutation({
    mutationFn: (key: string) =>
      taken(
        api.POST("/api/releases/{release_id}/clauses/{key}/restore/", { params: { path: { release_id: release.id, key } } }),
      ),
    onSuccess: async (changed, key) => {
      await showAnswer(queries, releaseQuery(release.id).queryKey, changed);
      void queries.invalidateQueries({ queryKey: ["release", release.id] });
      onOpen(key);
    },
    onError: announceProblem,
  });
  if (release.gone.length === 0) return null;
  return (
    <section className={classes.gone} aria-label="No longer asked">
      <h2 className={classes.caption}>No longer asked</h2>
      <ul>
        {release.gone.map((clause) => (
          <li key={clause.key}>
            <span className={classes.goneTitle}>{clause.title}</span>
            <span className={classes.soft}>
              {whatBecameOf(clause, release)}
              {clause.reason !== "" && ` ${clause.reason}`}
            </span>
            <Button
              size="compact-xs"
              variant="subtle"
              leftSection={<IconArrowBackUp size={13} aria-hidden />}
              aria-label={`Bring back ${clause.title}`}
              loading={restore.isPending && restore.variables === clause.key}
              onClick={() => restore.mutate(clause.key)}
            >
              Bring back
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** "Split into Guns and Knives." */
export function whatBecameOf(clause: GoneClause, release: Release): string {
  const titles = clause.to_keys.map(
    (key) => `“${release.clauses.find((one) => one.key === key)?.document.title ?? key}”`,
  );
  if (clause.kind === "split") return `Split into ${joined(titles)}.`;
  if (clause.kind === "merged") return `Merged into ${joined(titles)}.`;
  return "Retired.";
}

/** The clauses of the base that a clause of the draft came from. */
export function cameFrom(release: Release, key: string): readonly GoneClause[] {
  return release.gone.filter((clause) => clause.to_keys.includes(key));
}

function joined(words: readonly string[]): string {
  return new Intl.ListFormat("en", { type: "conjunction" }).format(words);
}
