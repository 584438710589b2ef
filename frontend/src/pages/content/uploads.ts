/** One file on its way to the server. */
export interface Upload {
  readonly id: number;
  readonly file: File;
  readonly state: "waiting" | "sending" | "sent" | "known" | "failed";
  /** Why it failed, in the server's own sentence. */
  readonly problem?: string;
}

export type UploadChange =
  | { readonly kind: "added"; readonly files: readonly File[] }
  | { readonly kind: "moved"; readonly id: number; readonly state: Upload["state"]; readonly problem?: string }
  | { readonly kind: "cleared" };

/** The list after a change; files are numbered in the order in which they were chosen. */
export function uploadsAfter(uploads: readonly Upload[], change: UploadChange): readonly Upload[] {
  switch (change.kind) {
    case "added": {
      const first = (uploads.at(-1)?.id ?? 0) + 1;
      return [...uploads, ...change.files.map((file, at): Upload => ({ id: first + at, file, state: "waiting" }))];
    }
    case "moved":
      return uploads.map((upload) =>
        upload.id === change.id
          ? { id: upload.id, file: upload.file, state: change.state, ...(change.problem === undefined ? {} : { problem: change.problem }) }
          : upload,
      );
    case "cleared":
      return uploads.filter((upload) => upload.state === "waiting" || upload.state === "sending");
  }
}

/** The next file to send; none while one is on its way. */
export function nextUpload(uploads: readonly Upload[]): Upload | undefined {
  if (uploads.some((upload) => upload.state === "sending")) return undefined;
  return uploads.find((upload) => upload.state === "waiting");
}
