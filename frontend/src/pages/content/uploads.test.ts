import { describe, expect, it } from "vitest";
import { nextUpload, type Upload, uploadsAfter } from "./uploads";

const files = ["a.jpg", "b.jpg"].map((name) => new File(["x"], name));

describe("files on their way", () => {
  it("are sent one after the other in the order in which they were chosen", () => {
    let uploads: readonly Upload[] = uploadsAfter([], { kind: "added", files });
    expect(nextUpload(uploads)?.file.name).toBe("a.jpg");
    uploads = uploadsAfter(uploads, { kind: "moved", id: 1, state: "sending" });
    expect(nextUpload(uploads)).toBeUndefined();
    uploads = uploadsAfter(uploads, { kind: "moved", id: 1, state: "failed", problem: "Too large." });
    expect(nextUpload(uploads)?.file.name).toBe("b.jpg");
    expect(uploads[0]?.problem).toBe("Too large.");
  });
  it("leave the list when they are done, and numbers are not used twice", () => {
    let uploads: readonly Upload[] = uploadsAfter([], { kind: "added", files });
    uploads = uploadsAfter(uploads, { kind: "moved", id: 1, state: "sent" });
    uploads = uploadsAfter(uploads, { kind: "cleared" });
    uploads = uploadsAfter(uploads, { kind: "added", files });
    expect(uploads.map((upload) => upload.id)).toEqual([2, 3, 4]);
  });
});
