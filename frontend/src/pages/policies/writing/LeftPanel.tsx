import { Button, CopyButton, Group } from "@mantine/core";
import { IconUnlink } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, taken } from "@/api/client";
import { announceProblem } from "@/ui";
import type { Release } from "../shapes";
import type { ClauseDesk, Entry } from "./ClauseDesk";
import classes from "./ConflictPanel.module.css";
import { passagesOf } from "./passages";

/** Text that was being written when its place went away: nothing of it is dropped before its writer says so. */
export function LeftPanel({
  release,
  clauseKey,
  entry,
  desk,
}: {
  release: Release;
  clauseKey: string;
  entry: Entry;
  desk: ClauseDesk;
}) {
  const queries = useQueryClient();
  const isDraft = release.actions.edit;
  const again = useMutation({
    mutationFn: () =>
      taken(
        api.POST("/api/releases/{release_id}/clauses/", {
          params: { path: { release_id: release.id } },
          body: { key: clauseKey, document: entry.text },
        }),
      ),
    onSuccess: () => {
      desk.forget(clauseKey);
      return queries.invalidateQueries({ queryKey: ["release", release.id] });
    },
    onError: announceProblem,
  });
  const words = [...passagesOf(entry.text)].filter(([, text]) => text !== "").map(([name, text]) => `${name}\n${text}`);
  return (
    <section className={classes.panel} role="alert" aria-label="Text without a place">
      <h2 className={classes.title}>
        <IconUnlink size={18} aria-hidden />{" "}
        {isDraft
          ? `Somebody took out “${entry.text.title === "" ? clauseKey : entry.text.title}” while you wrote`
          : `This release is no draft any more; your last words in “${entry.text.title}” are not in it`}
      </h2>
      <p className={classes.text}>
        Your text is kept on this page until you leave it. {isDraft ? "Add it again, or copy it." : "Copy it for the next draft, or for a suggestion."}
      </p>
      <details>
        <summary>What you wrote</summary>
        <p className={classes.text} style={{ whiteSpace: "pre-wrap" }}>
          {words.join("\n\n")}
        </p>
      </details>
      <Group className={classes.actions} gap="xs">
        <Button variant="subtle" onClick={() => desk.forget(clauseKey)}>
          Let it go
        </Button>
        <CopyButton value={words.join("\n\n")}>
          {({ copied, copy }) => (
            <Button variant="default" onClick={copy}>
              {copied ? "Copied" : "Copy the text"}
            </Button>
          )}
        </CopyButton>
        {isDraft && (
          <Button loading={again.isPending} onClick={() => again.mutate()}>
            Add it again
          </Button>
        )}
      </Group>
    </section>
  );
}
