import { Button, Checkbox, Stack } from "@mantine/core";
import { IconLanguage } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { showAnswer } from "@/api/answers";
import { api, taken } from "@/api/client";
import type { ApiProblem } from "@/api/problem";
import { languageName } from "@/pages/content/shapes";
import { announceProblem, AppLink, EmptyState } from "@/ui";
import { languagesReadQuery } from "./languagesRead";

/** Before the first task of a project whose work comes in several languages: which of them the person reads. */
export default function LanguagesRoom({ reason, onLook }: { reason: ApiProblem; onLook: () => void }) {
  const offered = languagesIn(reason.fields["languages"]);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const queries = useQueryClient();
  const save = useMutation({
    mutationFn: () => taken(api.PUT("/api/me/languages/", { body: { languages: [...chosen] } })),
    onSuccess: async (languages) => {
      await showAnswer(queries, languagesReadQuery.queryKey, languages);
      onLook();
    },
    onError: announceProblem,
  });
  return (
    <EmptyState
      icon={IconLanguage}
      title="Which languages do you read?"
      actions={
        <>
          <Button disabled={chosen.length === 0} loading={save.isPending} onClick={() => save.mutate()}>
            Begin
          </Button>
          <AppLink to="/settings">All languages, in your settings</AppLink>
        </>
      }
    >
      Work here comes in several. You are handed what is in the languages you choose, and what has no known language.
      <Checkbox.Group aria-label="Languages you read" value={[...chosen]} onChange={setChosen}>
        <Stack gap={6} mt={10} align="flex-start">
          {offered.map((tag) => (
            <Checkbox key={tag} value={tag} label={languageName(tag)} />
          ))}
        </Stack>
      </Checkbox.Group>
    </EmptyState>
  );
}

/** The tags that were told; a region is asked for by its language where both are there. */
function languagesIn(told: unknown): string[] {
  const tags = Array.isArray(told) ? told.filter((tag) => typeof tag === "string") : [];
  return tags.filter((tag) => !tags.some((other) => tag !== other && tag.startsWith(`${other}-`)));
}
