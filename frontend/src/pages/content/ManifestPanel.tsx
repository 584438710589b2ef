import { Button, Group, Radio } from "@mantine/core";
import { IconFileText } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { api } from "@/api/client";
import { stillReadable } from "@/api/files";
import { useJob } from "@/api/jobs";
import { send } from "@/api/transport";
import { announceProblem, bytes, FileChoice, FormProblem, isOver, JobProgress, Panel, useShortcuts } from "@/ui";
import { ImportOutcome } from "./ImportOutcome";
import classes from "./ManifestPanel.module.css";
import { partKinds } from "./shapes";

const example = `{"external_id": "ad-1", "language": "en", "parts": [
  {"kind": "image", "asset": "chair.jpg"},
  {"kind": "caption", "text": "A chair, like new"}
]}`;

interface Started {
  readonly jobId: string;
  readonly importId: string;
}

/** Choose a manifest, start the import, watch it to its end; what failed can be tried again as it is. */
export function ManifestPanel({ projectId }: { projectId: string }) {
  const queries = useQueryClient();
  const [file, setFile] = useState<File | null>(null);
  const [mode, setMode] = useState("whole");
  const choose = useRef<HTMLButtonElement>(null);
  const start = useMutation({
    mutationFn: async (manifest: File) => startImport(projectId, await stillReadable(manifest), mode),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["imports", projectId] }),
  });
  const { data: job } = useJob(start.data?.jobId ?? null);
  const state = start.data === undefined ? null : (job?.state ?? "queued");
  const isOnTheWay = start.isPending || (state !== null && !isOver(state));
  const hasFailed = state === "failed" || state === "cancelled";
  const importId = start.data?.importId;
  useEffect(() => {
    if (state === null || !isOver(state)) return;
    for (const queryKey of [["imports", projectId], ["posts", projectId], ["import", importId]]) {
      void queries.invalidateQueries({ queryKey });
    }
  }, [state, importId, projectId, queries]);
  const isReady = file !== null && !isOnTheWay && state !== "succeeded";
  const begin = (): void => {
    if (isReady) start.mutate(file);
  };
  const cancel = useMutation({
    mutationFn: (jobId: string) => api.POST("/api/jobs/{job_id}/cancel/", { params: { path: { job_id: jobId } } }),
    onError: announceProblem,
  });
  useShortcuts([
    { id: "import.manifest", label: "Choose a manifest", keys: "m", run: () => choose.current?.click() },
    { id: "import.start", label: "Start the import", keys: "mod+enter", enabled: isReady, run: begin },
  ]);
  return (
    <Panel title="2. Manifest" note="A text file with one post a line, as JSON (JSONL). A part names its file, or carries its text.">
      <pre className={classes.example} tabIndex={0} aria-label="One post of a manifest, which stands in one line">
        {example}
      </pre>
      <p className={classes.kinds}>
        Kinds of parts: {partKinds.map((kind) => <code key={kind}>{kind}</code>)}
      </p>
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
          {file === null ? "Choose a manifest" : `${file.name} (${bytes(file.size)})`}
        </FileChoice>
        <Radio.Group label="If a line cannot be used" value={mode} onChange={setMode}>
          <Group mt={6} gap="lg">
            <Radio value="whole" label="Import nothing, and say what is wrong" />
            <Radio value="partial" label="Leave that line out, and import the rest" />
          </Group>
        </Radio.Group>
        <FormProblem error={start.error} />
        <Group>
          <Button onClick={begin} loading={isOnTheWay} disabled={!isReady}>
            {hasFailed ? "Try again" : "Start the import"}
          </Button>
        </Group>
      </div>
      {job !== undefined && importId !== undefined && (
        <div className={classes.progress} aria-live="polite">
          <JobProgress job={job} title="Import posts" onCancel={job.cancel_requested ? undefined : () => cancel.mutate(job.id)} />
          {isOver(job.state) && <ImportOutcome key={job.id} importId={importId} projectId={projectId} />}
        </div>
      )}
    </Panel>
  );
}

async function startImport(projectId: string, manifest: File, mode: string): Promise<Started> {
  const form = new FormData();
  form.append("mode", mode);
  form.append("file", manifest);
  const answer = await send("POST", `/api/projects/${projectId}/imports/`, form);
  if (typeof answer === "object" && answer !== null && "job_id" in answer && "import_id" in answer) {
    return { jobId: String(answer.job_id), importId: String(answer.import_id) };
  }
  throw new Error("The server did not say which job it started.");
}
