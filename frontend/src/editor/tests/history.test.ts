import { describe, expect, it } from "vitest";
import { between, inverted, joined } from "../diffs";
import { emptyVerdict, evidenceOf, type EvidenceRecord, verdictOf } from "../records";
import { EditorStore } from "../store";

const clause = "hate";

function mark(id: string, order: number): EvidenceRecord {
  return { type: "evidence", id: `evidence:${id}`, clauseKey: clause, order, data: { kind: "whole_post" } };
}

function typed(store: EditorStore, reason: string): void {
  store.put({ ...verdictOf(store.snapshot(), clause), reason }, { label: "Write the reason", key: "reason:hate" });
}

describe("undo", () => {
  it("takes a run of typing back at once, and stops at other edits", () => {
    const store = new EditorStore();
    typed(store, "s");
    typed(store, "sl");
    typed(store, "slur");
    store.put({ ...verdictOf(store.snapshot(), clause), answer: "yes" }, { label: "Answer" });
    typed(store, "slurs");
    expect(store.undo()).toBe("Write the reason");
    expect(verdictOf(store.snapshot(), clause)).toMatchObject({ reason: "slur", answer: "yes" });
    expect(store.undo()).toBe("Answer");
    expect(store.undo()).toBe("Write the reason");
    expect(verdictOf(store.snapshot(), clause).reason).toBe("");
    expect(store.undo()).toBeNull();
  });

  it("forgets what was undone once something new is done", () => {
    const store = new EditorStore();
    store.put(mark("a", 0), { label: "Mark" });
    store.undo();
    store.put(mark("b", 0), { label: "Mark" });
    expect(store.canRedo).toBe(false);
    expect(evidenceOf(store.snapshot()).map((record) => record.id)).toEqual(["evidence:b"]);
  });

  it("does not count what changes nothing", () => {
    const store = new EditorStore([emptyVerdict(clause)]);
    store.put(emptyVerdict(clause), { label: "Answer" });
    expect(store.canUndo).toBe(false);
  });

  it("tells listeners exactly what changed", () => {
    const store = new EditorStore();
    const told: string[][] = [];
    store.subscribe((_, diff) => told.push(diff.map((change) => change.id)));
    store.edit(
      (draft) => {
        draft.set("evidence:a", mark("a", 0));
        draft.set("evidence:b", mark("b", 1));
      },
      { label: "Mark" },
    );
    store.undo();
    expect(told).toEqual([
      ["evidence:a", "evidence:b"],
      ["evidence:a", "evidence:b"],
    ]);
  });

  it("gives new marks a place after all that were loaded", () => {
    const store = new EditorStore([mark("a", 4)], () => "n");
    expect(store.fresh()).toEqual({ id: "evidence:n", order: 5 });
  });
});

describe("differences", () => {
  const empty = new Map();
  const one = new Map([["evidence:a" as const, mark("a", 0)]]);

  it("lead there and back", () => {
    const diff = between(empty, one);
    expect(joined(diff, inverted(diff))).toEqual([]);
    expect(between(one, one)).toEqual([]);
  });
});

describe("a gesture", () => {
  it("is told as one difference when the hand lets go, and not at all when it is given up", () => {
    const store = new EditorStore();
    const told: number[] = [];
    store.subscribe((_, diff) => {
      if (diff.length > 0) told.push(diff.length);
    });
    store.begin("Draw");
    for (let x = 1; x < 50; x += 1) store.put(markAt(x), { label: "Draw" });
    expect(told).toEqual([]);
    expect(store.snapshot().size).toBe(1);
    store.end();
    expect(told).toEqual([1]);
    store.begin("Draw");
    store.put(markAt(90), { label: "Draw" });
    store.cancel();
    expect(told).toEqual([1]);
    expect(store.snapshot().get("evidence:a")).toMatchObject({ data: { x: 49 } });
  });
});

function markAt(x: number): EvidenceRecord {
  return { type: "evidence", id: "evidence:a", clauseKey: "hate", order: 0, data: { kind: "point", part_id: "p", asset_sha256: "", x, y: 0 } };
}
