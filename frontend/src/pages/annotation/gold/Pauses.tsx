import { Button, Group, Textarea } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api, taken } from "@/api/client";
import { usePages } from "@/api/pages";
import { AppLink, announce, FormProblem, Panel, StatusBadge, Time } from "@/ui";
import classes from "./Gold.module.css";
import type { Pause } from "./queries";

/** Who is paused in the project: appeals that wait first, each with its decision to make. */
export function Pauses({ projectId }: { projectId: string }) {
  const pauses = usePages(["pauses", projectId], (cursor) =>
    taken(
      api.GET("/api/projects/{project_id}/pauses/", {
        params: { path: { project_id: projectId }, query: { cursor, open: true } },
      }),
    ),
  );
  if (pauses.rows.length === 0) return null;
  return (
    <Panel title="Paused" note="They read the reason, and what you decide. Nothing is handed to them meanwhile.">
      {pauses.rows.map((pause) => (
        <PauseRow key={pause.id} pause={pause} projectId={projectId} />
      ))}
    </Panel>
  );
}

function PauseRow({ pause, projectId }: { pause: Pause; projectId: string }) {
  const queries = useQueryClient();
  const [text, setText] = useState("");
  const waits = pause.appealed_at !== null && pause.answered_at === null;
  const answer = useMutation({
    mutationFn: (restores: boolean) =>
      taken(
        api.POST("/api/projects/{project_id}/pauses/{pause_id}/answer/", {
          params: { path: { project_id: projectId, pause_id: pause.id } },
          body: { restores, text },
        }),
      ),
    onSuccess: async ({ ended_at }) => {
      announce(ended_at === null ? "The pause stands." : "They may go on.");
      setText("");
      await queries.invalidateQueries({ queryKey: ["pauses", projectId] });
    },
  });
  return (
    <article className={classes.pause} aria-label={`Pause of ${pause.person}`}>
      <Group gap="xs">
        <AppLink to={`/p/${projectId}/annotators/${encodeURIComponent(pause.person)}`}>{pause.person}</AppLink>
        {waits && <StatusBadge state="appeal" tone="wait" label="Asks for another look" />}
        <span className={classes.soft}>
          {pause.by === "" ? "by results on gold" : `by ${pause.by}`}, <Time at={pause.created_at} />
        </span>
      </Group>
      <p className={classes.said} dir="auto">
        {pause.reason}
      </p>
      {pause.appeal !== "" && (
        <blockquote className={classes.quote} dir="auto">
          {pause.appeal}
        </blockquote>
      )}
      {pause.answer !== "" && (
        <p className={classes.soft} dir="auto">
          Answered: {pause.answer}
        </p>
      )}
      <Textarea
        label="A sentence to them"
        autosize
        minRows={2}
        maxLength={2000}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          answer.reset();
        }}
      />
      <FormProblem error={answer.error} />
      <Group justify="flex-end" gap="xs">
        {waits && (
          <Button variant="default" disabled={text.trim() === ""} loading={answer.isPending} onClick={() => answer.mutate(false)}>
            Keep the pause
          </Button>
        )}
        <Button disabled={text.trim() === ""} loading={answer.isPending} onClick={() => answer.mutate(true)}>
          Let them go on
        </Button>
      </Group>
    </article>
  );
}
