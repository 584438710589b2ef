import { screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { draw } from "@/test/draw";
import { TaskNotices } from "./TaskNotices";
import type { WorkOutbox } from "./outbox";
import type { FinishedAnswer, KeptDraft } from "./journal";
import { WorkQueue } from "./workQueue";
import { WorkRoom } from "./WorkRoom";

interface Bundle {
  readonly lease: { readonly id: string };
  readonly submission: object | null;
  readonly task: { readonly project_state: string };
}

const words = { title: "Label", thing: "post", answer: "answer", done: "answered" };
const session = {
  close: () => undefined,
  subscribe: () => () => undefined,
  snapshot: () => kept,
  takeTheirs: () => undefined,
  keepMine: () => undefined,
};
const kept = { saved: "saved", conflict: null };
const idle = { waiting: [], isOffline: false, refused: [], isFull: false, unkept: [] };
const outbox = { subscribe: () => () => undefined, snapshot: () => idle, now: () => undefined };

/** A room whose server refuses to renew any hold, for this reason; what it opens by its lease was answered. */
async function roomWhere(code: string) {
  const refusal = { title: "Conflict", status: 409, code, detail: "No." };
  vi.stubGlobal("fetch", () => Promise.resolve(new Response(JSON.stringify(refusal), { status: 409 })));
  const bundle = (id: string, submission: object | null): Bundle => ({ lease: { id }, submission, task: { project_state: "active" } });
  const posts = ["first", "second"];
  const queue = new WorkQueue<Bundle, typeof session>({
    take: () => Promise.resolve(posts.splice(0, 1).map((id) => bundle(id, null))),
    load: (id) => Promise.resolve(bundle(id, {})),
    open: () => Promise.resolve(session),
    holdingMore: () => [],
    warm: () => undefined,
  });
  const drawn = await draw(
    <WorkRoom
      words={words}
      projectId="p"
      queue={queue}
      outbox={outbox as unknown as WorkOutbox<KeptDraft, FinishedAnswer>}
      nameOf={() => "post"}
    >
      {({ bundle: open }, { isLeaseOver, isAnswered, onReopen, onGone }) => (
        <>
          <h1>{open.lease.id}</h1>
          <TaskNotices
            words={words}
            bundle={open}
            session={session}
            isLeaseOver={isLeaseOver}
            elsewhere={isAnswered ? { onReopen, onGone } : null}
          />
        </>
      )}
    </WorkRoom>,
  );
  await queue.open();
  expect(await screen.findByRole("heading", { name: "first" })).toBeVisible();
  // As coming back to this tab does.
  document.dispatchEvent(new Event("visibilitychange"));
  return drawn;
}

afterEach(() => vi.unstubAllGlobals());

test("a tab that still shows what was answered in another one says so, and goes on", async () => {
  const { user } = await roomWhere("submitted_already");
  expect(await screen.findByText(/You have answered this post in another tab or on another device/)).toBeVisible();
  expect(screen.queryByText(/marked as late/)).toBeNull();
  await user.click(screen.getByRole("button", { name: "Next post" }));
  expect(await screen.findByRole("heading", { name: "second" })).toBeVisible();
});

test("what was answered in another tab can be changed in this one", async () => {
  const { user } = await roomWhere("submitted_already");
  await user.click(await screen.findByRole("button", { name: "Change that answer" }));
  expect(await screen.findByText(/Submitting replaces your earlier answer/)).toBeVisible();
  expect(screen.queryByText(/in another tab/)).toBeNull();
});

test("a hold that ran out is late, not answered", async () => {
  await roomWhere("lease_over");
  expect(await screen.findByText(/it will be marked as late/)).toBeVisible();
  expect(screen.queryByText(/in another tab/)).toBeNull();
});
