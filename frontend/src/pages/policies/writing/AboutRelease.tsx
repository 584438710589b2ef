import { Button, Textarea, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useState, useSyncExternalStore } from "react";
import { showAnswer } from "@/api/answers";
import { api, taken } from "@/api/client";
import { isProblem, sentenceOf } from "@/api/problem";
import { releaseQuery } from "../queries";
import type { Release } from "../shapes";
import { type Head, HeadDesk, HeadMoved } from "./HeadDesk";
import classes from "./AboutRelease.module.css";

const stateWords = { saved: "Saved", unsaved: "Writing", saving: "Saving", conflict: "Two versions: choose one", failed: "Not saved" };

/** What the release is called, and what its readers should know about it. Saves itself. */
export function AboutRelease({ release }: { release: Release }) {
  const { head, desk } = useHeadDesk(release);
  return (
    <section className={classes.form} aria-label="Title and notes">
      <p className={classes.state} role="status" data-phase={head.phase}>
        {stateWords[head.phase]}
        {head.phase === "failed" && `. ${sentenceOf(head.error)}`}
      </p>
      {head.theirs !== null && (
        <div className={classes.theirs} role="alert">
          <p>Somebody else changed title or notes while you wrote. What is stored now:</p>
          <p>
            <strong>{head.theirs.title}</strong>
          </p>
          <p>{head.theirs.notes}</p>
          <Button size="xs" variant="default" onClick={() => desk.takeTheirs()}>
            Take theirs
          </Button>{" "}
          <Button size="xs" onClick={() => desk.keepMine()}>
            Keep mine
          </Button>
        </div>
      )}
      <TextInput
        label="Title of the policy in this release"
        maxLength={500}
        value={head.title}
        onChange={(event) => desk.write({ title: event.currentTarget.value })}
      />
      <Textarea
        label="Notes for readers"
        description="What is new and why, in markdown. It stands on the first page of the release."
        minRows={6}
        maxLength={20_000}
        value={head.notes}
        onChange={(event) => desk.write({ notes: event.currentTarget.value })}
      />
    </section>
  );
}

function useHeadDesk(release: Release) {
  const queries = useQueryClient();
  const save = useCallback(
    async (version: number, head: Head): Promise<{ version: number } & Head> => {
      try {
        const changed = await taken(
          api.PATCH("/api/releases/{release_id}/", {
            params: { path: { release_id: release.id } },
            body: { version, title: head.title, notes: head.notes },
          }),
        );
        await showAnswer(queries, releaseQuery(release.id).queryKey, changed);
        return changed;
      } catch (error) {
        if (isProblem(error, "release_version_conflict")) {
          throw new HeadMoved(error.fields["theirs"] as Head, Number(error.fields["version"]));
        }
        throw error;
      }
    },
    [queries, release.id],
  );
  const [desk] = useState(() => new HeadDesk(release, save));
  useEffect(() => desk.adopt(release), [desk, release]);
  useEffect(() => () => void desk.flush(), [desk]);
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent): void => {
      if (desk.snapshot().phase !== "saved") event.preventDefault();
    };
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [desk]);
  const head = useSyncExternalStore(desk.subscribe, desk.snapshot);
  return { head, desk };
}
