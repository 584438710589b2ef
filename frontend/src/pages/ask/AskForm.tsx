import { Button, Checkbox, Group, NumberInput, Select, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type SyntheticEvent, useState } from "react";
import { api, taken } from "@/api/client";
import type { components } from "@/api/schema";
import { announce, AppLink, FormProblem, plural, QueryView } from "@/ui";
import classes from "./AskPage.module.css";
import { askFor } from "./asking";

export type Asked = "label" | "compare";
type Policy = components["schemas"]["PolicyOutput"];

const partKinds = [
  { value: "", label: "Any part" },
  { value: "image", label: "Posts with an image" },
  { value: "video", label: "Posts with a video" },
  { value: "audio", label: "Posts with audio" },
  { value: "text", label: "Posts with text" },
];

/** The form itself: release, clauses, which posts, how many answers each. */
export function AskForm({ kind, projectId, policies }: { kind: Asked; projectId: string; policies: readonly Policy[] }) {
  const releases = policies.flatMap((policy) =>
    policy.current === null ? [] : [{ value: policy.current.id, label: `${policy.title} (${policy.current.label})` }],
  );
  const [releaseId, setReleaseId] = useState(releases[0]?.value ?? "");
  return (
    <div className={classes.form}>
      <Select
        label="Release"
        description="Answers cite its clauses at the meaning they have there."
        data={releases}
        value={releaseId}
        allowDeselect={false}
        onChange={(value) => setReleaseId(value ?? "")}
      />
      {releaseId !== "" && <ReleaseForm key={releaseId} kind={kind} projectId={projectId} releaseId={releaseId} />}
    </div>
  );
}

function ReleaseForm({ kind, projectId, releaseId }: { kind: Asked; projectId: string; releaseId: string }) {
  const release = useQuery({
    queryKey: ["release", releaseId],
    queryFn: () => taken(api.GET("/api/releases/{release_id}/", { params: { path: { release_id: releaseId } } })),
  });
  return (
    <QueryView query={release}>
      {(found) => {
        const wanted = kind === "label" ? "verdict" : "axis";
        const clauses = found.clauses.filter((clause) => clause.document.kind === wanted);
        return (
          <Choices
            kind={kind}
            projectId={projectId}
            releaseId={releaseId}
            clauses={clauses.map((clause) => ({ key: clause.key, title: clause.document.title }))}
          />
        );
      }}
    </QueryView>
  );
}

interface ChoicesProps {
  readonly kind: Asked;
  readonly projectId: string;
  readonly releaseId: string;
  readonly clauses: readonly { key: string; title: string }[];
}

function Choices({ kind, projectId, releaseId, clauses }: ChoicesProps) {
  const queries = useQueryClient();
  const [chosen, setChosen] = useState<string[]>(clauses.map((clause) => clause.key));
  const [overlap, setOverlap] = useState(3);
  const [limit, setLimit] = useState<number | null>(null);
  const [language, setLanguage] = useState("");
  const [partKind, setPartKind] = useState("");
  const ask = useMutation({
    mutationFn: () =>
      askFor(kind, projectId, { releaseId, clauseKeys: chosen, overlap, limit, language: language.trim(), partKind }),
    onSuccess: (made) => {
      announce(sentence(made));
      void queries.invalidateQueries({ queryKey: ["overview", projectId] });
    },
  });
  function submit(event: SyntheticEvent): void {
    event.preventDefault();
    ask.mutate();
  }
  return (
    <form className={classes.form} onSubmit={submit}>
      <Checkbox.Group
        label={kind === "label" ? "Clauses to ask" : "Axes to ask"}
        value={chosen}
        onChange={setChosen}
        error={chosen.length === 0 ? "Choose at least one." : undefined}
      >
        <div className={classes.clauses}>
          {clauses.map((clause) => (
            <Checkbox key={clause.key} value={clause.key} label={clause.title} />
          ))}
        </div>
      </Checkbox.Group>
      {kind === "label" && (
        <div className={classes.pair}>
          <Select
            label="Posts"
            data={partKinds}
            value={partKind}
            allowDeselect={false}
            onChange={(value) => setPartKind(value ?? "")}
          />
          <TextInput
            label="Language"
            description="A code such as en or ar; empty for all."
            value={language}
            onChange={(event) => setLanguage(event.currentTarget.value)}
          />
        </div>
      )}
      <div className={classes.pair}>
        <NumberInput
          label="Answers to each task"
          description="By as many different people."
          min={1}
          max={20}
          allowDecimal={false}
          value={overlap}
          onChange={(value) => setOverlap(typeof value === "number" ? value : 1)}
        />
        <NumberInput
          label={kind === "label" ? "At most so many posts" : "At most so many pairs"}
          description="Empty for all that were not asked yet."
          min={1}
          allowDecimal={false}
          value={limit ?? ""}
          onChange={(value) => setLimit(typeof value === "number" ? value : null)}
        />
      </div>
      <FormProblem error={ask.error} />
      {ask.isSuccess && (
        <p className={classes.done} role="status">
          {sentence(ask.data)}{" "}
          <AppLink to={ask.data.isJob ? `/p/${projectId}/jobs` : `/p/${projectId}`}>
            {ask.data.isJob ? "Watch the job" : "See the overview"}
          </AppLink>
        </p>
      )}
      <Group justify="flex-end">
        <Button type="submit" loading={ask.isPending} disabled={chosen.length === 0}>
          {kind === "label" ? "Ask for labels" : "Ask for judgments"}
        </Button>
      </Group>
    </form>
  );
}

function sentence(made: { isJob: boolean; created: number }): string {
  if (made.isJob) return "There are many, so a job makes the tasks.";
  if (made.created === 0) return "Nothing new to ask: every such task exists already.";
  return `${plural(made.created, "task is", "tasks are")} waiting for people now.`;
}
