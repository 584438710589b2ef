import "fake-indexeddb/auto";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ApiProblem, NoAnswerError } from "@/api/problem";
import { toDraft } from "@/editor/labelDocument";
import { emptyVerdict, type EditorRecord, verdictOf } from "@/editor/records";
import { EditorStore } from "@/editor/store";
import { Journal, type OutboxEntry } from "../keeping/journal";
import { Outbox } from "../keeping/outbox";
import { openingOf, TaskSession, type SessionStart } from "../keeping/session";
import { uuid7 } from "@/work/uuid7";

let name = 0;
const freshJournal = (): Journal => new Journal(`test-${(name += 1)}`);
const answered = (answer: string): EditorRecord => ({ ...emptyVerdict("hate"), answer });
const nothing: SessionStart = { leaseId: "l", personId: "p", serverDraft: null, sent: null, local: null };

function draftOf(answer: string, version: number) {
  return { document: toDraft(new EditorStore([answered(answer)]).snapshot(), 900), version };
}

function localOf(answer: string, baseVersion: number, isDirty = true) {
  return { leaseId: "l", personId: "p", records: [answered(answer)], activeMs: 5, baseVersion, isDirty, savedAt: 0 };
}

describe("what a task opens with", () => {
  it("is the server's draft when this machine has nothing newer", () => {
    const opened = openingOf({ ...nothing, serverDraft: draftOf("no", 3), local: localOf("yes", 2, false) });
    expect(opened).toMatchObject({ records: [answered("no")], version: 3, activeMs: 900, conflict: null });
  });

  it("is the journal when the server never got it", () => {
    const opened = openingOf({ ...nothing, serverDraft: draftOf("no", 3), local: localOf("yes", 3) });
    expect(opened).toMatchObject({ records: [answered("yes")], version: 3, isDirty: true, conflict: null });
  });

  it("is both when the server moved on meanwhile", () => {
    const opened = openingOf({ ...nothing, serverDraft: draftOf("no", 4), local: localOf("yes", 3) });
    expect(opened.records).toEqual([answered("yes")]);
    expect(opened.conflict).toMatchObject({ version: 4, theirs: { records: [answered("no")] } });
  });

  it("is no conflict where the server got what its page never heard of", () => {
    const opened = openingOf({ ...nothing, serverDraft: draftOf("yes", 1), local: localOf("yes", 0) });
    expect(opened).toMatchObject({ records: [answered("yes")], version: 1, isDirty: true, conflict: null });
  });

  it("is what was sent before when it is looked at again", () => {
    expect(openingOf({ ...nothing, sent: [answered("no")] }).records).toEqual([answered("no")]);
  });
});

describe("a session", () => {
  beforeEach(() => vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval"] }));
  afterEach(() => vi.useRealTimers());

  it("keeps every change here at once and on the server a moment later", async () => {
    const journal = freshJournal();
    const saveDraft = vi.fn().mockResolvedValue(1);
    const session = new TaskSession(nothing, { journal, saveDraft });
    session.store.put(answered("yes"), { label: "Answer" });
    await vi.waitFor(async () => expect((await journal.read("l", "p"))?.isDirty).toBe(true));
    expect(saveDraft).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(800);
    expect(saveDraft).toHaveBeenCalledWith("l", expect.objectContaining({ records: [answered("yes")] }), 0);
    await vi.waitFor(() => expect(session.snapshot().saved).toBe("saved"));
    await vi.waitFor(async () => expect(await journal.read("l", "p")).toMatchObject({ isDirty: false, baseVersion: 1 }));
    session.close();
  });

  it("goes on without the server and saves when it is back", async () => {
    const saveDraft = vi.fn().mockRejectedValueOnce(new NoAnswerError()).mockResolvedValue(1);
    const session = new TaskSession(nothing, { journal: freshJournal(), saveDraft });
    session.store.put(answered("yes"), { label: "Answer" });
    await vi.advanceTimersByTimeAsync(800);
    expect(session.snapshot().saved).toBe("here_only");
    await vi.advanceTimersByTimeAsync(2_100);
    await vi.waitFor(() => expect(session.snapshot().saved).toBe("saved"));
    session.close();
  });

  it("asks which of two to keep, and then overwrites nothing by accident", async () => {
    const conflict = new ApiProblem({
      title: "Conflict",
      status: 409,
      code: "draft_conflict",
      detail: "Changed elsewhere.",
      fields: { version: 7, document: draftOf("no", 7).document },
    });
    const saveDraft = vi.fn().mockRejectedValueOnce(conflict).mockResolvedValue(8);
    const session = new TaskSession(nothing, { journal: freshJournal(), saveDraft });
    session.store.put(answered("yes"), { label: "Answer" });
    await vi.advanceTimersByTimeAsync(800);
    expect(session.snapshot()).toMatchObject({ saved: "conflict", conflict: { version: 7 } });
    session.store.put(answered("maybe"), { label: "Answer" });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(saveDraft).toHaveBeenCalledTimes(1);
    session.keepMine();
    await vi.advanceTimersByTimeAsync(800);
    expect(saveDraft).toHaveBeenLastCalledWith("l", expect.objectContaining({ records: [answered("maybe")] }), 7);
    session.close();
  });

  it("can take the other one instead", async () => {
    const start = { ...nothing, serverDraft: draftOf("no", 4), local: localOf("yes", 3) };
    const session = new TaskSession(start, { journal: freshJournal(), saveDraft: vi.fn() });
    session.takeTheirs();
    expect(verdictOf(session.store.snapshot(), "hate").answer).toBe("no");
    expect(session.draftVersion).toBe(4);
    await vi.advanceTimersByTimeAsync(0);
    session.close();
  });
});

describe("the outbox", () => {
  const entry = (submissionId: string, queuedAt: number): OutboxEntry => ({
    submissionId,
    leaseId: `lease-${submissionId}`,
    projectId: "project",
    personId: "p",
    postName: submissionId,
    document: { verdicts: [{ clause_key: "hate", answer: "no" }] },
    activeMs: 1,
    supersedesId: null,
    queuedAt,
    draftVersion: 2,
  });

  it("crosses an answer out only when the server has it, and takes up what an earlier visit left", async () => {
    const journal = freshJournal();
    const offline = new Outbox(journal, vi.fn().mockRejectedValue(new NoAnswerError()), "project", "p");
    await offline.add(entry("a", 1));
    await vi.waitFor(() => expect(offline.snapshot().isOffline).toBe(true));
    expect(await journal.queued("project", "p")).toHaveLength(1);
    const submit = vi.fn().mockResolvedValue(undefined);
    const later = new Outbox(journal, submit, "project", "p");
    const stop = later.start();
    await vi.waitFor(async () => expect(await journal.queued("project", "p")).toEqual([]));
    expect(submit).toHaveBeenCalledTimes(1);
    expect(later.snapshot()).toMatchObject({ waiting: [], isOffline: false, refused: [], isFull: false });
    stop();
  });

  it("never sends what somebody else left on this machine", async () => {
    const journal = freshJournal();
    await journal.enqueue({ ...entry("a", 1), personId: "somebody else" });
    const submit = vi.fn();
    const stop = new Outbox(journal, submit, "project", "p").start();
    await journal.queued("project", "p");
    expect(submit).not.toHaveBeenCalled();
    stop();
  });

  it("gives a refused answer back as a draft, and goes on with the rest", async () => {
    const journal = freshJournal();
    const refusal = new ApiProblem({ title: "Refused", status: 400, code: "label_document_invalid", detail: "No." });
    const submit = vi.fn().mockRejectedValueOnce(refusal).mockResolvedValue(undefined);
    const outbox = new Outbox(journal, submit, "project", "p");
    await outbox.add(entry("a", 1));
    await outbox.add(entry("b", 2));
    await vi.waitFor(() => expect(submit).toHaveBeenCalledTimes(2));
    const refused = outbox.snapshot().refused[0];
    if (refused === undefined) throw new Error("nothing was refused");
    expect(refused.sentence).toBe("No.");
    await outbox.withdraw(refused.entry);
    expect(outbox.snapshot().refused).toEqual([]);
    expect(await journal.read("lease-a", "p")).toMatchObject({ isDirty: true, baseVersion: 2, records: [answered("no")] });
  });
});

describe("a browser with no room left", () => {
  const entry: OutboxEntry = {
    submissionId: "a",
    leaseId: "l",
    projectId: "project",
    personId: "p",
    postName: "a",
    document: { verdicts: [{ clause_key: "hate", answer: "no" }] },
    activeMs: 1,
    supersedesId: null,
    queuedAt: 1,
    draftVersion: 0,
  };
  const fill = () =>
    vi.spyOn(IDBObjectStore.prototype, "put").mockImplementation(() => {
      throw new DOMException("full", "QuotaExceededError");
    });
  afterEach(() => vi.restoreAllMocks());

  it("sends a finished answer all the same, and says meanwhile that it is on the page only", async () => {
    const journal = freshJournal();
    const submit = vi.fn().mockRejectedValueOnce(new NoAnswerError()).mockResolvedValue(undefined);
    const outbox = new Outbox(journal, submit, "project", "p");
    const stop = outbox.start();
    await outbox.ready();
    const full = fill();
    await outbox.add(entry);
    await vi.waitFor(() => expect(outbox.snapshot()).toMatchObject({ isOffline: true, isFull: true, unkept: ["a"] }));
    const leaving = new Event("beforeunload", { cancelable: true });
    window.dispatchEvent(leaving);
    expect(leaving.defaultPrevented).toBe(true);
    outbox.now();
    await vi.waitFor(() => expect(outbox.snapshot()).toMatchObject({ waiting: [], unkept: [], isFull: true }));
    expect(submit.mock.calls.map(([sent]: unknown[]) => sent)).toEqual([entry, entry]);
    full.mockRestore();
    await journal.keep(localOf("yes", 0));
    expect(outbox.snapshot().isFull).toBe(false);
    stop();
  });

  it("keeps a draft on the server, says when it is kept nowhere, and writes it down once there is room", async () => {
    const journal = freshJournal();
    await journal.read("l", "p");
    const full = fill();
    const saveDraft = vi.fn().mockRejectedValueOnce(new NoAnswerError()).mockResolvedValue(1);
    const session = new TaskSession(nothing, { journal, saveDraft });
    session.store.put(answered("yes"), { label: "Answer" });
    await vi.waitFor(() => expect(session.snapshot().saved).toBe("nowhere"), 3_000);
    expect(await journal.read("l", "p")).toMatchObject({ records: [answered("yes")] });
    await vi.waitFor(() => expect(session.snapshot().saved).toBe("saved"), 5_000);
    full.mockRestore();
    await journal.keep(localOf("no", 0));
    expect(await new Journal(`test-${name}`).read("l", "p")).toMatchObject({ records: [answered("no")] });
    session.close();
  });
});

it("identifiers sort by the time they were made", () => {
  const early = uuid7(1_000);
  const late = uuid7(2_000);
  expect(early < late).toBe(true);
  expect(early).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});
