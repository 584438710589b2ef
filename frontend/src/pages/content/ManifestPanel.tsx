import { Button, FileButton, Group, Radio } from "@mantine/core";
import { IconFileText } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { api, taken } from "@/api/client";
import { send } from "@/api/transport";
import { announceProblem, bytes, FormProblem, isOver, JobProgress, Panel, useShortcuts } from "@/ui";
import { ImportOutcome } from "./ImportOutcome";
import classes from "./ManifestPanel.module.css";

const example = '{"external_id": "ad-1", "language": "en", "parts": [{"kind": "image", "asset": "chair.jpg"}, {"kind": "caption", "text": "A chair, like new"}]}';

interface Started {
  readonly jobId: string;
  readonly importId: string;
}

/** Choose a manifest, start the import, watch it to its end. */
export function ManifestPanel({ projectId }: { projectId: string }) {
  const [file, setFile] = useState<File | null>(null);
  const [mode, setMode] = useState("whole");
  const choose = useRef<HTMLButtonElement>(null);
  const queries = useQueryClient();
  const start = useMutation({
    mutationFn: (manifest: File) => startImport(projectId, manifest, mode),
    onSuccess: async () => {
      setFile(null);
      await queries.invalidateQueries({ queryKey: ["imports", projectId] });
    },
  });
  const begin = (): void => {
    if (file !== null) start.mutate(file);
  };
  useShortcuts([
    { id: "import.manifest", label: "Choose a manifest", keys: "m", run: () => choose.current?.click() },
    { id: "import.start", label: "Start the import", keys: "mod+enter", enabled: file !== null, run: begin },
  ]);
  return (
    <Panel title="2. Manifest" note="A text file with one post a line, as JSON (JSONL). A part names its file, or carries its text.">
      <pre className={classes.example} tabIndex={0} aria-label="One line of a manifest">
        {example}
      </pre>
      <div className={classes.form}>
        <FileButton accept=".jsonl,.ndjson,application/jsonl,application/x-ndjson,text/plain" onChange={setFile}>
          {(props) => (
            <Button {...props} ref={choose} variant="default" leftSection={<IconFileText size={16} aria-hidden />}>
              {file === null ? "Choose a manifest" : `${file.name} (${bytes(file.size)})`}
            </Button>
          )}
        </FileButton>
        <Radio.Group label="If a line cannot be used" value={mode} onChange={setMode}>
          <Group mt={6} gap="lg">
            <Radio value="whole" label="Import nothing, and say what is wrong" />
            <Radio value="partial" label="Leave that line out, and import the rest" />
          </Group>
        </Radio.Group>
        <FormProblem error={start.error} />
        <Group>
          <Button onClick={begin} loading={start.isPending} disabled={file === null}>
            Start the import
          </Button>
        </Group>
      </div>
      {start.data !== undefined && <Progress key={start.data.jobId} started={start.data} projectId={projectId} />}
    </Panel>
  );
}

function Progress({ started, projectId }: { started: Started; projectId: string }) {
  const queries = useQueryClient();
  const job = useQuery({
    queryKey: ["job", started.jobId],
    queryFn: async () => {
      const found = await taken(api.GET("/api/jobs/{job_id}/", { params: { path: { job_id: started.jobId } } }));
      if (isOver(found.state)) {
        await Promise.all(
          [["imports", projectId], ["posts", projectId], ["import", started.importId]].map((queryKey) =>
            queries.invalidateQueries({ queryKey }),
          ),
        );
      }
      return found;
    },
    refetchInterval: (query) => (query.state.data !== undefined && isOver(query.state.data.state) ? false : 700),
  });
  const cancel = useMutation({
    mutationFn: () => api.POST("/api/jobs/{job_id}/cancel/", { params: { path: { job_id: started.jobId } } }),
    onError: announceProblem,
  });
  if (job.data === undefined) return null;
  return (
    <div className={classes.progress} aria-live="polite">
      <JobProgress
        job={job.data}
        title="Import posts"
        onCancel={job.data.cancel_requested ? undefined : () => cancel.mutate()}
      />
      {isOver(job.data.state) && <ImportOutcome importId={started.importId} projectId={projectId} />}
    </div>
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
