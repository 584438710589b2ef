import { Button } from "@mantine/core";
import { IconFileText } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { stillReadable } from "@/api/files";
import { useJob } from "@/api/jobs";
import type { components } from "@/api/schema";
import { send } from "@/api/transport";
import { AppLink, bytes, count, FileChoice, FormProblem, isOver, JobProgress, PageHeader, Panel, plural, Stacked, useProjectId, useShortcuts } from "@/ui";
import classes from "./comparisons/ImportPage.module.css";
import { ImportPreview } from "./comparisons/ImportPreview";
import { problemLines } from "./comparisons/wording";

type Job = components["schemas"]["JobOutput"];

const examples = [
  {
    title: "Concord's own",
    text: '{"external_id": "q-17", "prompt": "How do I report a scam?", "responses": [{"text": "…", "model": "model-1"}, {"text": "…", "model": "model-2"}]}',
  },
  {
    title: "Several, or one, to be judged together",
    text: '{"prompt": "How do I report a scam?", "responses": [{"text": "…", "model": "model-1"}, {"text": "…", "model": "model-2"}, {"text": "…", "model": "model-3"}]}',
  },
  {
    title: "TRL",
    text: '{"prompt": [{"role": "user", "content": "…"}], "chosen": [{"role": "assistant", "content": "…"}], "rejected": [{"role": "assistant", "content": "…"}]}',
  },
];

/** Bring in prompts with their responses. */
export default function ComparisonImportPage() {
  const projectId = useProjectId();
  const [file, setFile] = useState<File | null>(null);
  const choose = useRef<HTMLButtonElement>(null);
  const start = useMutation({ mutationFn: async (chosen: File) => importStart(projectId, await stillReadable(chosen)) });
  const { data: job } = useJob(start.data ?? null);
  const state = start.data === undefined ? null : (job?.state ?? "queued");
  const isOnTheWay = start.isPending || (state !== null && !isOver(state));
  const isReady = file !== null && !isOnTheWay && state !== "succeeded";
  const begin = (): void => {
    if (isReady) start.mutate(file);
  };
  useShortcuts([
    { id: "comparison-import.file", label: "Choose a file", keys: "m", run: () => choose.current?.click() },
    { id: "comparison-import.start", label: "Start the import", keys: "mod+enter", enabled: isReady, run: begin },
  ]);
  return (
    <>
      <PageHeader
        title="Bring in comparisons"
        lead="One prompt and its responses a line. Importing a file again adds nothing twice."
        actions={<AppLink to={`/p/${projectId}/comparisons/sampling`}>Ask a model for responses instead</AppLink>}
        crumbs={[{ label: "Comparisons", to: `/p/${projectId}/comparisons` }]}
      />
      <Stacked>
        <Panel title="File" note="A text file with one comparison a line, as JSON (JSONL).">
          <div className={classes.form}>
            <FileChoice
              ref={choose}
              accept=".jsonl,.ndjson,application/jsonl,application/x-ndjson,text/plain"
              icon={IconFileText}
              onChoose={([chosen]) => {
                start.reset();
                setFile(chosen ?? null);
              }}
            >
              {file === null ? "Choose a file" : `${file.name} (${bytes(file.size)})`}
            </FileChoice>
            <FormProblem error={start.error} />
            <Button onClick={begin} loading={isOnTheWay} disabled={!isReady}>
              {state === "failed" || state === "cancelled" ? "Try again" : "Start the import"}
            </Button>
          </div>
          {job !== undefined && <Outcome key={job.id} job={job} projectId={projectId} />}
        </Panel>
        {file !== null && state === null && <ImportPreview file={file} projectId={projectId} />}
        <Panel title="What a line looks like">
          {examples.map((example) => (
            <figure key={example.title} className={classes.example}>
              <figcaption>{example.title}</figcaption>
              <pre tabIndex={0} aria-label={`A line in ${example.title} shape`}>
                {example.text}
              </pre>
            </figure>
          ))}
          <p className={classes.note}>
            A prompt may be a text or a list of turns. <code>system</code>, <code>post_external_id</code>, <code>language</code> and{" "}
            <code>metadata</code> may stand beside it. Files of hh-rlhf, HelpSteer2 and 3, PKU-SafeRLHF, UltraFeedback and OpenAssistant trees
            are known by their columns: two responses to one prompt become a comparison, more of them a slate that is judged together, and what was said of them there stays beside it. Models are never shown to those who judge.
          </p>
        </Panel>
      </Stacked>
    </>
  );
}

function Outcome({ job, projectId }: { job: Job; projectId: string }) {
  const queries = useQueryClient();
  const isDone = isOver(job.state);
  useEffect(() => {
    if (isDone) void queries.invalidateQueries({ queryKey: ["comparisons", projectId] });
  }, [isDone, queries, projectId]);
  const problem = job.error === null ? null : problemLines(job.error.detail);
  return (
    <div className={classes.outcome} aria-live="polite">
      <JobProgress job={{ ...job, error: null, message: problem?.lead ?? job.message }} title="Import comparisons" />
      {problem !== null && problem.lines.length > 0 && (
        <ul className={classes.problems} aria-label="What to put right">
          {problem.lines.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
      {job.state === "succeeded" && (
        <p className={classes.told}>
          {plural(numberIn(job.result, "created"), "comparison")} added
          {numberIn(job.result, "already_there") > 0 && `, ${count(numberIn(job.result, "already_there"))} were there already`}.{" "}
          <AppLink to={`/p/${projectId}/comparisons`}>Look at them</AppLink>
        </p>
      )}
    </div>
  );
}

function numberIn(result: Record<string, unknown> | null, key: string): number {
  const value = result?.[key];
  return typeof value === "number" ? value : 0;
}

async function importStart(projectId: string, file: File): Promise<string> {
  const form = new FormData();
  form.append("file", file);
  const job = await send("POST", `/api/projects/${projectId}/comparison-imports/`, form);
  if (typeof job === "object" && job !== null && "id" in job) return String(job.id);
  throw new Error("The server did not say which job it started.");
}
