import { MultiSelect } from "@mantine/core";
import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { showAnswer } from "@/api/answers";
import { api, taken } from "@/api/client";
import { announce, announceProblem, QueryView } from "@/ui";
import { languageChoices } from "./languages";

const readQuery = queryOptions({ queryKey: ["languages-read"], queryFn: () => taken(api.GET("/api/me/languages/")) });

/** Which languages a person reads; saved with every change. None chosen: posts in any language. */
export function LanguagesRead() {
  const queries = useQueryClient();
  const read = useQuery(readQuery);
  const save = useMutation({
    mutationFn: (languages: string[]) => taken(api.PUT("/api/me/languages/", { body: { languages } })),
    onMutate: (languages) => showAnswer(queries, readQuery.queryKey, { languages }),
    onSuccess: () => announce("Saved. It holds from the next post on."),
    onError: async (error) => {
      announceProblem(error);
      await queries.invalidateQueries({ queryKey: readQuery.queryKey });
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
