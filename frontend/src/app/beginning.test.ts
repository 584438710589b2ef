import "fake-indexeddb/auto";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { meQuery } from "@/api/session";
import { makeQueryClient } from "@/api/queryClient";
import { takePosts } from "@/pages/annotation/workspace/keeping/calls";
import { Journal, type OutboxEntry } from "@/pages/annotation/workspace/keeping/journal";
import { AHEAD } from "@/work/ahead";
import { beginFor, isLookedAt } from "./beginning";

const project = "01890000-0000-7000-8000-000000000000";
const asked = vi.fn<(request: Request) => Promise<Response>>();
const paths = (): string[] => asked.mock.calls.map(([request]) => `${request.method} ${new URL(request.url).pathname}`);
const exchange = `POST /api/projects/${project}/label/exchange/`;
const waiting: OutboxEntry = {
  submissionId: "s",
  leaseId: "l",
  projectId: "another",
  personId: "p",
  postName: "a",
  document: { verdicts: [] },
  activeMs: 1,
  supersedesId: null,
  queuedAt: 1,
  draftVersion: 0,
};

beforeEach(() => {
  asked.mockImplementation(() => Promise.resolve(new Response('{"next": [], "idle": null, "closed": null}')));
  vi.stubGlobal("fetch", asked);
});
afterEach(() => {
  vi.unstubAllGlobals();
  asked.mockReset();
});

test("the label page finds who is there and its first posts asked for, and asks for neither again", async () => {
  beginFor({ pathname: `/p/${project}/label`, search: "" });
  await vi.waitFor(() => expect(paths()).toEqual(["GET /api/me/", exchange]));
  await makeQueryClient().query(meQuery);
  await takePosts(project, [], AHEAD + 1);
  expect(asked).toHaveBeenCalledTimes(2);
});

test("nothing is taken early while an answer waits here to be sent", async () => {
  const journal = new Journal();
  await journal.enqueue(waiting);
  beginFor({ pathname: `/p/${project}/label`, search: "" });
  await new Promise((done) => setTimeout(done, 50));
  expect(paths()).toEqual(["GET /api/me/"]);
  await journal.sent(waiting.submissionId);
});

test("only the label page takes posts, and not where it opens a certain one", async () => {
  for (const pathname of [`/p/${project}`, `/p/${project}/label/x`, "/p/nonsense/label", "/"]) beginFor({ pathname, search: "" });
  beginFor({ pathname: `/p/${project}/label`, search: "?lease=1" });
  beginFor({ pathname: "/sign-in", search: "" });
  beginFor({ pathname: "/invited", search: "" });
  await new Promise((done) => setTimeout(done, 50));
  expect(new Set(paths())).toEqual(new Set(["GET /api/me/"]));
});

test("a page made ready in case, or in a tab out of sight, begins nothing", () => {
  const page = (more: object): Document => ({ visibilityState: "visible", ...more }) as Document;
  expect(isLookedAt(page({}))).toBe(true);
  expect(isLookedAt(page({ prerendering: true }))).toBe(false);
  expect(isLookedAt(page({ visibilityState: "hidden" }))).toBe(false);
});
