import { Button, Group, Textarea } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { showAnswer } from "@/api/answers";
import { api, taken } from "@/api/client";
import { AppLink, announce, FormProblem, Panel, plural, StatusBadge } from "@/ui";
import { type OnboardingPerson, onboardingQuery } from "../onboarding/queries";
import classes from "./Gold.module.css";

/** Who is on the way through the onboarding; whoever has no try left waits for a word. */
export function OnboardingPeople({ people, projectId }: { people: readonly OnboardingPerson[]; projectId: string }) {
  if (people.length === 0) return null;
  return (
    <Panel title="On their way in" note="They read the sentence with which you let them through or open another try.">
      {people.map((row) => (
        <PersonRow key={row.person.pseudonym} row={row} projectId={projectId} />
      ))}
    </Panel>
  );
}

function PersonRow({ row, projectId }: { row: OnboardingPerson; projectId: string }) {
  const queries = useQueryClient();
  const [sentence, setSentence] = useState("");
  const { pseudonym } = row.person;
  const decide = useMutation({
    mutationFn: (letsThrough: boolean) =>
      taken(
        api.POST("/api/projects/{project_id}/onboarding/people/{pseudonym}/", {
          params: { path: { project_id: projectId, pseudonym } },
          body: { lets_through: letsThrough, sentence },
        }),
      ),
    onSuccess: async (next, letsThrough) => {
      announce(letsThrough ? "They may begin." : "They have another try.");
      setSentence("");
      await showAnswer(queries, onboardingQuery(projectId).queryKey, next);
    },
  });
  const isSilent = sentence.trim() === "";
  return (
    <article className={classes.pause} aria-label={`Onboarding of ${pseudonym}`}>
      <Group gap="xs">
        <AppLink to={`/p/${projectId}/annotators/${encodeURIComponent(pseudonym)}`}>{pseudonym}</AppLink>
        <Badge row={row} />
        <span className={classes.soft}>
          {row.right} of {plural(row.answered, "answer")} as known, {plural(row.of, "post")} in the set, try {row.try_number}
        </span>
      </Group>
      {row.sentence !== "" && (
        <p className={classes.soft} dir="auto">
          Said to them: {row.sentence}
        </p>
      )}
      {row.waits && (
        <>
          <Textarea
            label="A sentence to them"
            autosize
            minRows={2}
            maxLength={2000}
            value={sentence}
            onChange={(event) => {
              setSentence(event.currentTarget.value);
              decide.reset();
            }}
          />
          <FormProblem error={decide.error} />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" disabled={isSilent} loading={decide.isPending} onClick={() => decide.mutate(false)}>
              Allow another try
            </Button>
            <Button disabled={isSilent} loading={decide.isPending} onClick={() => decide.mutate(true)}>
              Let them through
            </Button>
          </Group>
        </>
      )}
    </article>
  );
}

function Badge({ row }: { row: OnboardingPerson }) {
  if (row.waits) return <StatusBadge state="waits" tone="wait" label="Waits for a word" />;
  if (row.state === "passed") return <StatusBadge state="passed" tone="good" label="Through" />;
  if (row.state === "failed") return <StatusBadge state="failed" tone="wait" label="May try again" />;
  return <StatusBadge state="open" tone="info" label="On the way" />;
}
