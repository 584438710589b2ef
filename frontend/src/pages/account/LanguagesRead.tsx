import { MultiSelect } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { showAnswer } from "@/api/answers";
import { api, taken } from "@/api/client";
import { announce, announceProblem, QueryView } from "@/ui";
import { languagesReadQuery } from "@/work/languages/languagesRead";
import { languageChoices } from "./languages";

/** Which languages a person reads; saved with every change. None chosen: posts in any language. */
export function LanguagesRead() {
  const queries = useQueryClient();
  const read = useQuery(languagesReadQuery);
  const save = useMutation({
    mutationFn: (languages: string[]) => taken(api.PUT("/api/me/languages/", { body: { languages } })),
    onMutate: (languages) => showAnswer(queries, languagesReadQuery.queryKey, { languages }),
    onSuccess: () => announce("Saved. It holds from the next post on."),
    onError: async (error) => {
      announceProblem(error);
      await queries.invalidateQueries({ queryKey: languagesReadQuery.queryKey });
    },
  });
  return (
    <QueryView query={read}>
      {({ languages }) => (
        <MultiSelect
          aria-label="Languages you read"
          placeholder={languages.length === 0 ? "Any language" : "Add a language"}
          data={languageChoices(languages)}
          value={languages}
          searchable
          clearable
          hidePickedOptions
          nothingFoundMessage="No language is called that"
          disabled={save.isPending}
          onChange={(chosen) => save.mutate(chosen)}
        />
      )}
    </QueryView>
  );
}
