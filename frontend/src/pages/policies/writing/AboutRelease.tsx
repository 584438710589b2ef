import { Button, Group, Textarea, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type SyntheticEvent, useState } from "react";
import { api, taken } from "@/api/client";
import { isProblem } from "@/api/problem";
import { announce, FormProblem } from "@/ui";
import { releaseQuery } from "../queries";
import type { Release } from "../shapes";
import classes from "./AboutRelease.module.css";

interface Theirs {
  readonly title: string;
  readonly notes: string;
}

/** What the release is called, and what its readers should know about it. */
export function AboutRelease({ release }: { release: Release }) {
  const queries = useQueryClient();
  const [title, setTitle] = useState(release.title);
  const [notes, setNotes] = useState(release.notes);
  const save = useMutation({
    mutationFn: () =>
      taken(
        api.PATCH("/api/releases/{release_id}/", {
          params: { path: { release_id: release.id } },
          body: { version: release.version, title, notes },
        }),
      ),
    onSuccess: (changed) => {
      announce("Saved.");
      queries.setQueryData(releaseQuery(release.id).queryKey, changed);
    },
  });
  const theirs = isProblem(save.error, "release_version_conflict") ? (save.error.fields["theirs"] as Theirs) : null;
  function submit(event: SyntheticEvent): void {
    event.preventDefault();
    save.mutate();
  }
  return (
    <form className={classes.form} onSubmit={submit}>
      <TextInput
        label="Title of the policy in this release"
        maxLength={500}
        value={title}
        onChange={(event) => setTitle(event.currentTarget.value)}
      />
      <Textarea
        label="Notes for readers"
        description="What is new and why, in markdown. It stands on the first page of the release."
        minRows={6}
        maxLength={20_000}
        value={notes}
        onChange={(event) => setNotes(event.currentTarget.value)}
      />
      <FormProblem error={save.error} />
      {theirs !== null && (
        <div className={classes.theirs}>
          <p>What is stored now:</p>
          <p>{theirs.title}</p>
          <p>{theirs.notes}</p>
          <Button size="xs" variant="default" onClick={() => void queries.invalidateQueries({ queryKey: ["release", release.id] })}>
            Take it and write on
          </Button>
        </div>
      )}
      <Group justify="flex-end">
        <Button type="submit" loading={save.isPending} disabled={title === release.title && notes === release.notes}>
          Save
        </Button>
      </Group>
    </form>
  );
}
