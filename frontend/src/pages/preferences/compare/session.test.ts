import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ApiProblem } from "@/api/problem";
import { toDraft } from "./draft";
import { answerOfStep, blankJudgment, type Judgment, withAnswer } from "./judgment";
import { JudgmentSession, type LocalDraft } from "./session";

const judged = (step: number): Judgment => withAnswer(blankJudgment, "helpful", answerOfStep(step));
const kept: LocalDraft[] = [];
const journal = {
  keep: (entry: LocalDraft): Promise<void> => {
    kept.push(entry);
    return Promise.resolve();
  },
  keeps: (): boolean => true,
};
const nothing = { leaseId: "l", personId: "p", serverDraft: null, local: null, sent: null };

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  kept.length = 0;
});

test("a judgment is kept here at once and on the server a moment later, a step back too", async () => {
  const saveDraft = vi.fn().mockResolvedValue(1);
  const session = new JudgmentSession(nothing, { journal, saveDraft });
  session.change(judged(2));
  session.change(judged(6));
  session.undo();
  expect(kept.at(-1)).toMatchObject({ leaseId: "l", personId: "p", judgment: judged(2), isDirty: true });
  expect(saveDraft).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(800);
  expect(saveDraft).toHaveBeenCalledExactlyOnceWith("l", expect.objectContaining({ judgment: judged(2) }), 0);
  expect(session.snapshot()).toMatchObject({ saved: "saved", judgment: judged(2) });
  session.redo();
  expect(session.snapshot()).toMatchObject({ saved: "saving", judgment: judged(6) });
  session.close();
});

test("of two devices neither is overwritten until the person chose", async () => {
  const document = toDraft(judged(7), 10);
  const conflict = { title: "Conflict", status: 409, code: "draft_conflict", detail: "", fields: { version: 4, document } };
  const saveDraft = vi.fn().mockRejectedValueOnce(new ApiProblem(conflict)).mockResolvedValue(5);
  const session = new JudgmentSession(nothing, { journal, saveDraft });
  session.change(judged(1));
  await vi.advanceTimersByTimeAsync(800);
  expect(session.snapshot()).toMatchObject({ saved: "conflict", judgment: judged(1), conflict: { version: 4 } });
  session.takeTheirs();
  expect(session.snapshot()).toMatchObject({ saved: "saved", judgment: judged(7), conflict: null });
  await vi.advanceTimersByTimeAsync(2_000);
  expect(saveDraft).toHaveBeenCalledTimes(1);
  session.change(judged(3));
  await vi.advanceTimersByTimeAsync(800);
  expect(saveDraft).toHaveBeenLastCalledWith("l", expect.objectContaining({ judgment: judged(3) }), 4);
  session.close();
});

test("what only this machine has is gone on with, and said to be on its way", async () => {
  const local: LocalDraft = { leaseId: "l", personId: "p", judgment: judged(5), activeMs: 9, baseVersion: 2, isDirty: true };
  const saveDraft = vi.fn().mockResolvedValue(3);
  const session = new JudgmentSession({ ...nothing, local, serverDraft: { document: toDraft(judged(4), 1), version: 2 } }, { journal, saveDraft });
  expect(session.snapshot()).toMatchObject({ saved: "saving", judgment: judged(5), conflict: null });
  await vi.advanceTimersByTimeAsync(1);
  expect(session.snapshot().saved).toBe("saved");
  session.close();
});
