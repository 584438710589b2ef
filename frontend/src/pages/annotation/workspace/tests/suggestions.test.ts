import { describe, expect, it } from "vitest";
import { toLabelDocument } from "@/editor/labelDocument";
import { evidenceOf, verdictOf } from "@/editor/records";
import { EditorStore } from "@/editor/store";
import { answer, removeEvidence } from "../answering";
import type { LabelBundle } from "../bundle";
import { accept, drawnOf, fates, isSecondLook, isUnchanged, itemsOf, markFrom, neighbourOf, openItems, reject, reportOf } from "../suggestions/items";

const id = "01a1fead-4065-71c1-abaa-789b39a3744f";
const box = { kind: "box", part_id: "p", asset_sha256: "a", x: 1, y: 2, width: 30, height: 40 };

function bundleOf(change: object = {}): LabelBundle {
  const said = {
    id,
    clause_key: "hate",
    source: "imported",
    model: "detector",
    version: "2",
    answer: "yes",
    severity: 2,
    confidence: 0.83,
    reason: "",
    marks: [
      { item: `${id}#0`, confidence: 0.9, region: box },
      { item: `${id}#1`, confidence: null, region: { ...box, x: 50 } },
    ],
  };
  return {
    clauses: [clause],
    submission: null,
    suggestions: { timing: "at_once", suggestions: [said] },
    ...change,
  } as unknown as LabelBundle;
}

const clause = {
  key: "hate",
  title: "Hate",
  answers: [
    { value: "no", label: "No", harmful: false },
    { value: "yes", label: "Yes", harmful: true },
  ],
  severities: [{ value: 2, label: "Medium" }],
  evidence_kinds: ["box"],
  requires: { evidence: false, reason: false, severity: false },
} as unknown as LabelBundle["clauses"][number];

function started() {
  const bundle = bundleOf();
  return { bundle, items: itemsOf(bundle), store: new EditorStore() };
}

describe("suggestions", () => {
  it("are an answer and marks, each with how sure the model is; nothing of them is a record", () => {
    const { items, store } = started();
    expect(items.map(({ item, confidence, model }) => [item, confidence, model])).toEqual([
      [id, 0.83, "detector 2"],
      [`${id}#0`, 0.9, "detector 2"],
      [`${id}#1`, 0.83, "detector 2"],
    ]);
    expect(store.snapshot().size).toBe(0);
    expect([...drawnOf(items).values()].map(({ data }) => data.kind)).toEqual(["box", "box"]);
  });

  it("become the person's own when accepted, and say where they came from", () => {
    const { bundle, items, store } = started();
    accept(store, items.slice(0, 2));
    expect(verdictOf(store.snapshot(), "hate")).toMatchObject({ answer: "yes", severity: 2, origin: `suggestion:${id}` });
    const [verdict] = toLabelDocument(store.snapshot(), bundle.clauses).verdicts;
    expect(verdict?.origin).toBe(`suggestion:${id}`);
    expect(verdict?.evidence?.[0]).toMatchObject({ x: 1, origin: `suggestion:${id}#0` });
    expect(openItems(store.snapshot(), items).map(({ item }) => item)).toEqual([`${id}#1`]);
  });

  it("keep their origin when what was accepted is changed", () => {
    const { items, store } = started();
    accept(store, items);
    answer(store, clause, "no");
    expect(verdictOf(store.snapshot(), "hate")).toMatchObject({ answer: "no", origin: `suggestion:${id}` });
  });

  it("are accepted all at once as one step, and undone as one", () => {
    const { items, store } = started();
    accept(store, items);
    expect(evidenceOf(store.snapshot())).toHaveLength(2);
    expect(store.undo()).toBe("Accept the suggestions");
    expect(store.snapshot().size).toBe(0);
    expect(openItems(store.snapshot(), items)).toHaveLength(3);
  });

  it("are gone through in both directions, on from where one was that is decided on", () => {
    const { items, store } = started();
    const names = items.map(({ item }) => item);
    const next = (from: string | null, by: 1 | -1 = 1) => neighbourOf(store.snapshot(), items, from, by)?.item;
    expect([next(null), next(id), next(`${id}#1`), next(null, -1), next(id, -1)]).toEqual([names[0], names[1], names[0], names[2], names[2]]);
    accept(store, items.slice(1, 2));
    expect(next(`${id}#0`)).toBe(names[2]);
    expect(next(id)).toBe(names[2]);
    accept(store, items.slice(0, 1));
    expect(next(`${id}#1`)).toBe(names[2]);
    reject(store, items.slice(2));
    expect(next(id)).toBeUndefined();
  });

  it("become marks that are found again, each by one step that undo takes back", () => {
    const { items, store } = started();
    for (const one of items.slice(1)) accept(store, [one]);
    expect(markFrom(store.snapshot(), `${id}#1`)?.data).toMatchObject({ x: 50 });
    store.undo();
    expect(markFrom(store.snapshot(), `${id}#1`)).toBeNull();
    expect(markFrom(store.snapshot(), `${id}#0`)).not.toBeNull();
  });

  it("are told as rejected, also when an accepted mark is deleted, and not when that is undone", () => {
    const { bundle, items, store } = started();
    reject(store, items.slice(0, 1));
    accept(store, items.slice(1, 2));
    const [mark] = evidenceOf(store.snapshot());
    if (mark !== undefined) removeEvidence(store, mark.id);
    expect(reportOf(bundle, store.snapshot(), 12.4)).toEqual({ shown_ms: 12, rejected: [id, `${id}#0`] });
    store.undo();
    expect(fates(store.snapshot(), items).get(`${id}#0`)).toBe("accepted");
    expect(reportOf(bundle, store.snapshot(), 12)?.rejected).toEqual([id]);
  });

  it("are not told of where none were shown", () => {
    const { store } = started();
    expect(reportOf(bundleOf({ suggestions: null }), store.snapshot(), 5)).toBeNull();
    expect(reportOf(bundleOf({ suggestions: { timing: "after_answer", suggestions: [] } }), store.snapshot(), 5)).toBeNull();
  });

  it("that come after the answer are a second look, in which the answer may stay as it is", () => {
    const sent = { verdicts: [{ clause_key: "hate", answer: "no", evidence: [] }] };
    const late = bundleOf({ submission: { id, document: sent, is_late: false } });
    expect(isSecondLook(late)).toBe(false);
    const { suggestions } = bundleOf();
    const looked = { ...late, suggestions: { ...suggestions, timing: "after_answer" } } as LabelBundle;
    expect(isSecondLook(looked)).toBe(true);
    const store = new EditorStore();
    answer(store, clause, "no");
    expect(isUnchanged(looked, toLabelDocument(store.snapshot(), looked.clauses))).toBe(true);
    answer(store, clause, "yes");
    expect(isUnchanged(looked, toLabelDocument(store.snapshot(), looked.clauses))).toBe(false);
  });
});
