import { Button, Modal } from "@mantine/core";
import { IconFileText } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { stillReadable } from "@/api/files";
import { useJob } from "@/api/jobs";
import { send } from "@/api/transport";
import { bytes, FileChoice, FormProblem, isOver, JobProgress, Stacked } from "@/ui";
import classes from "./judges.module.css";

const example = '{"judge": "gpt-3.5-turbo", "version": "v1", "external_id": "q-17", "answer": "b", "strength": 2, "shown_first": "a"}';

/** Bring in answers that judges gave elsewhere, for the axis on screen. */
export function BringInDialog({ projectId, clauseKey, isOpen, onClose }: { projectId: string; clauseKey: string; isOpen: boolean; onClose: () => void }) {
  const queries = useQueryClient();
  const [file, setFile] = useState<File | null>(null);
  const start = useMutation({ mutationFn: async (chosen: File) => importStart(projectId, clauseKey, await stillReadable(chosen)) });
  const { data: job } = useJob(start.data ?? null);
  const isDone = job !== undefined && isOver(job.state);
  const isOnTheWay = start.isPending || (start.data !== undefined && !isDone);
  useEffect(() => {
    if (isDone) void queries.invalidateQueries({ queryKey: ["judges", projectId] });
  }, [isDone, queries, projectId]);
  return (
    <Modal opened={isOpen} onClose={onClose} title="Bring in judges’ answers" size="lg">
      <Stacked>
        <p className={classes.soft}>
          A text file with one answer a line, as JSON: who judged, which comparison by its <code>external_id</code>, and <code>a</code>, <code>b</code>, <code>tie</code>,{" "}
          <code>both_good</code>, <code>both_unacceptable</code> or <code>unclear</code>. Importing a file again adds nothing twice.
        </p>
        <pre className={classes.prompt} tabIndex={0} aria-label="What a line looks like">
          {example}
        </pre>
        <FileChoice
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
        {job !== undefined && <JobProgress job={job} title="Import judges’ answers" />}
        {job?.state === "succeeded" ? (
          <Button onClick={onClose}>Look at them</Button>
        ) : (
          <Button disabled={file === null || isOnTheWay} loading={isOnTheWay} onClick={() => file !== null && start.mutate(file)}>
            Start the import
          </Button>
        )}
      </Stacked>
    </Modal>
  );
}

async function importStart(projectId: string, clauseKey: string, file: File): Promise<string> {
  const form = new FormData();
  form.append("file", file);
  const job = await send("POST", `/api/projects/${projectId}/judge-imports/?clause_key=${encodeURIComponent(clauseKey)}`, form);
  if (typeof job === "object" && job !== null && "id" in job) return String(job.id);
  throw new Error("The server did not say which job it started.");
}
