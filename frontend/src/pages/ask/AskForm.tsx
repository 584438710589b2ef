import { Button, Checkbox, Group, NumberInput, Select, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type SyntheticEvent, useState } from "react";
import { api, taken } from "@/api/client";
import type { components } from "@/api/schema";
import { AppLink, FormProblem, plural, QueryView, refusalOf } from "@/ui";
import { qualityQuery } from "@/pages/annotation/gold/queries";
import { partKinds, partNames } from "@/pages/content/shapes";
import classes from "./AskPage.module.css";
import { askedForms, askFor, type AskedForm, type PairAim, pairAims } from "./asking";

export type Asked = "label" | "compare";
type Policy = components["schemas"]["PolicyOutput"];

const postChoices = [
  { value: "", label: "Any post" },
  ...partKinds.map((kind) => ({ value: kind, label: `With a part: ${partNames[kind].toLowerCase()}` })),
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
        if (clauses.length === 0) {
          return (
            <p className={classes.note} role="status">
              {kind === "label"
                ? "No clause of this release asks a question about a post. Choose another release, or ask for judgments of pairs."
                : "No clause of this release is a criterion to compare responses on. Choose another release, or ask for labels of posts."}
            </p>
          );
        }
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
  const quality = useQuery({ ...qualityQuery(projectId), enabled: kind === "label" });
  // Until somebody says otherwise it is what the project says, and for its exceptions what it says of them.
  const [overlap, setOverlap] = useState<number | null>(kind === "label" ? null : 3);
  const exceptions = (quality.data?.clauses ?? []).filter((clause) => clause.overlap !== null && chosen.includes(clause.clause_key));
  const [limit, setLimit] = useState<number | null>(null);
  const [language, setLanguage] = useState("");
  const [partKind, setPartKind] = useState("");
  const [aim, setAim] = useState<PairAim>("oldest");
  const [form, setForm] = useState<AskedForm>("pair");
  const ask = useMutation({
    mutationFn: () =>
      askFor(kind, projectId, { releaseId, clauseKeys: chosen, overlap, limit, language: language.trim(), partKind, aim, form }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["overview", projectId] }),
  });
  function submit(event: SyntheticEvent): void {
    event.preventDefault();
    ask.mutate();
  }
  const refusal = refusalOf(ask.error, ["clause_keys", "overlap", "posts.language", "posts.limit", "limit"], {
    clause_not_askable: "clause_keys",
    axes_unknown: "clause_keys",
    task_slots: "overlap",
  });
  return (
    <form className={classes.form} onSubmit={submit}>
      <Checkbox.Group
        label={kind === "label" ? "Clauses to ask" : "Axes to ask"}
        value={chosen}
        onChange={setChosen}
        error={chosen.length === 0 ? "Choose at least one." : refusal?.at("clause_keys")}
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
            data={postChoices}
            value={partKind}
            allowDeselect={false}
            onChange={(value) => setPartKind(value ?? "")}
          />
          <TextInput
            label="Language"
            description="A code such as en or ar; empty for all."
            error={refusal?.at("posts.language")}
            value={language}
            onChange={(event) => setLanguage(event.currentTarget.value)}
          />
        </div>
      )}
      {kind === "compare" && (
        <Select
          label="What is asked"
          description={form === "pair" ? "Of comparisons of two responses." : "Of slates: one response, or more than two, to one prompt."}
          data={askedForms}
          value={form}
          allowDeselect={false}
          onChange={(value) => setForm(askedForms.find((each) => each.value === value)?.value ?? "pair")}
        />
      )}
      {kind === "compare" && form === "pair" && (
        <Select
          label="Which pairs first"
          description={
            aim === "oldest"
              ? "All of them, in the order they came in."
              : "At most 500 in one go, best first; a tenth is drawn by chance, so that what they say stays unbiased. Ask again once they are answered."
          }
          data={pairAims}
          value={aim}
          allowDeselect={false}
          onChange={(value) => setAim(pairAims.find((each) => each.value === value)?.value ?? "oldest")}
        />
      )}
      <div className={classes.pair}>
        <NumberInput
          label="Answers to each task"
          description={
            exceptions.length === 0
              ? "By as many different people."
              : `By as many different people; ${exceptions.map((clause) => `${clause.title}: ${clause.overlap ?? ""}`).join(", ")}, as the project says.`
          }
          min={1}
          max={20}
          allowDecimal={false}
          error={refusal?.at("overlap")}
          value={overlap ?? quality.data?.overlap ?? ""}
          onChange={(value) => setOverlap(typeof value === "number" ? value : null)}
        />
        <NumberInput
          label={kind === "label" ? "At most so many posts" : form === "pair" ? "At most so many pairs" : "At most so many slates"}
          description="Empty for all that were not asked yet."
          min={1}
          allowDecimal={false}
          error={refusal?.at(kind === "label" ? "posts.limit" : "limit")}
          value={limit ?? ""}
          onChange={(value) => setLimit(typeof value === "number" ? value : null)}
        />
      </div>
      <FormProblem error={ask.error} refusal={refusal} />
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
