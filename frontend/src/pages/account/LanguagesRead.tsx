import { MultiSelect } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, taken } from "@/api/client";
import { announce, announceProblem, QueryView } from "@/ui";
import { languageChoices } from "./languages";

const key = ["languages-read"];

/** Which languages a person reads; saved with every change. None chosen: posts in any language. */
export function LanguagesRead() {
  const queries = useQueryClient();
  const read = useQuery({ queryKey: key, queryFn: () => taken(api.GET("/api/me/languages/")) });
  const save = useMutation({
    mutationFn: (languages: string[]) => taken(api.PUT("/api/me/languages/", { body: { languages } })),
    onMutate: (languages) => queries.setQueryData(key, { languages }),
    onSuccess: () => announce("Saved. It holds from the next post on."),
    onError: async (error) => {
      announceProblem(error);
      await queries.invalidateQueries({ queryKey: key });
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
