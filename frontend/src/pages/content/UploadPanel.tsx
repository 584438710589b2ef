import { Button } from "@mantine/core";
import { IconUpload } from "@tabler/icons-react";
import { type DragEvent, useEffect, useReducer, useRef, useState } from "react";
import { ApiProblem, sentenceOf } from "@/api/problem";
import { send } from "@/api/transport";
import { bytes, FileChoice, Panel, plural, StatusBadge, useShortcuts } from "@/ui";
import classes from "./UploadPanel.module.css";
import { nextUpload, type Upload, uploadsAfter } from "./uploads";

const accepted = "image/jpeg,image/png,image/webp,image/gif,video/mp4,video/quicktime,video/webm,.mkv,audio/mpeg,audio/ogg,audio/wav,audio/flac,.m4a";

/** Choose or drop files; they are sent one after the other, and each says how it went. */
export function UploadPanel({ projectId }: { projectId: string }) {
  const [uploads, change] = useReducer(uploadsAfter, []);
  const [isOver, setOver] = useState(false);
  const choose = useRef<HTMLButtonElement>(null);
  const next = nextUpload(uploads);
  useEffect(() => {
    if (next === undefined) return;
    change({ kind: "moved", id: next.id, state: "sending" });
    void sendFile(projectId, next.file).then(
      (isNew) => change({ kind: "moved", id: next.id, state: isNew ? "sent" : "known" }),
      (error: unknown) => change({ kind: "moved", id: next.id, state: "failed", problem: sentenceOf(error) }),
    );
  }, [next, projectId]);
  useShortcuts([{ id: "import.files", label: "Choose files", keys: "f", run: () => choose.current?.click() }]);

  const add = (files: readonly File[]): void => change({ kind: "added", files });
  function onDrop(event: DragEvent): void {
    event.preventDefault();
    setOver(false);
    add([...event.dataTransfer.files]);
  }
  const left = uploads.filter((upload) => upload.state === "waiting" || upload.state === "sending").length;
  return (
    <Panel
      title="1. Files"
      note="JPEG, PNG, WebP, GIF; MP4, MOV, WebM, MKV; MP3, OGG, WAV, FLAC, M4A. Posts of text alone need none."
      actions={
        uploads.length > left ? (
          <Button variant="subtle" size="xs" onClick={() => change({ kind: "cleared" })}>
            Clear the list
          </Button>
        ) : undefined
      }
    >
      <div
        className={classes.drop}
        data-over={isOver || undefined}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={onDrop}
      >
        <FileChoice ref={choose} multiple accept={accepted} icon={IconUpload} onChoose={add}>
          Choose files
        </FileChoice>
        <span>or drop them here</span>
      </div>
      {uploads.length > 0 && (
        <>
          <p className={classes.sum} role="status">
            {left === 0 ? `${plural(uploads.length, "file")} handled` : `${plural(left, "file")} to go`}
          </p>
          <ul className={classes.list} aria-label="Files">
            {uploads.map((upload) => (
              <UploadRow key={upload.id} upload={upload} />
            ))}
          </ul>
        </>
      )}
    </Panel>
  );
}

const labels: Readonly<Record<Upload["state"], { state: string; label: string }>> = {
  waiting: { state: "queued", label: "Waiting" },
  sending: { state: "running", label: "Sending" },
  sent: { state: "succeeded", label: "Stored" },
  known: { state: "succeeded", label: "Was here already" },
  failed: { state: "failed", label: "Refused" },
};

function UploadRow({ upload }: { upload: Upload }) {
  const { state, label } = labels[upload.state];
  return (
    <li className={classes.row}>
      <span className={classes.name} dir="auto">
        {upload.file.name}
      </span>
      <span className={classes.size}>{bytes(upload.file.size)}</span>
      <StatusBadge state={state} label={label} />
      {upload.problem !== undefined && <span className={classes.problem}>{upload.problem}</span>}
    </li>
  );
}

/** Send one file; says whether the project lacked it. A server that is busy is asked once more. */
async function sendFile(projectId: string, file: File): Promise<boolean> {
  const form = new FormData();
  form.append("file", file);
  const path = `/api/projects/${projectId}/assets/`;
  const answer = await send("POST", path, form).catch((error: unknown) => {
    if (error instanceof ApiProblem && error.status === 503) return send("POST", path, form);
    throw error;
  });
  return isPending(answer);
}

function isPending(answer: unknown): boolean {
  return typeof answer === "object" && answer !== null && "state" in answer && answer.state === "pending";
}
