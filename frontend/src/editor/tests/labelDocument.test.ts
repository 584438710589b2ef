import { describe, expect, it } from "vitest";
import { CommandConflictError, CommandTable } from "../commands";
import {
  type AskedClause,
  fromDraft,
  fromLabelDocument,
  isBlank,
  missingIn,
  toDraft,
  toLabelDocument,
} from "../labelDocument";
import { emptyVerdict, evidenceOf } from "../records";
import { EditorStore } from "../store";

const hate: AskedClause = {
  key: "hate",
  title: "Hate",
  answers: [
    { value: "no", label: "No", harmful: false },
    { value: "yes", label: "Yes", harmful: true },
  ],
  severities: [{ value: 1, label: "Low" }],
  evidence_kinds: ["box"],
  requires: { evidence: true, reason: true, severity: true },
};

describe("what is missing", () => {
  it("is an answer first, and nothing more for a harmless one", () => {
    const store = new EditorStore();
    expect(missingIn(store.snapshot(), [hate]).map((missing) => missing.lack)).toEqual(["answer"]);
    store.put({ ...emptyVerdict("hate"), answer: "no" }, { label: "Answer" });
    expect(missingIn(store.snapshot(), [hate])).toEqual([]);
  });

  it("is what the clause requires of a harmful answer", () => {
    const store = new EditorStore([{ ...emptyVerdict("hate"), answer: "yes", reason: " " }]);
    expect(missingIn(store.snapshot(), [hate]).map((missing) => missing.lack)).toEqual([
      "severity",
      "evidence",
      "reason",
    ]);
  });
});

describe("documents", () => {
  it("come back as the records they were made of", () => {
    const store = new EditorStore(
      [{ ...emptyVerdict("hate"), answer: "yes", severity: 1, confidence: 0.5, reason: "A slur." }],
      () => "1",
    );
    const data = { kind: "text_span", part_id: "p", start: 1, end: 3, quote: "ab" } as const;
    store.put({ type: "evidence", ...store.fresh(), clauseKey: "hate", data }, { label: "Mark" });
    const document = toLabelDocument(store.snapshot(), [hate]);
    expect(document.verdicts[0]?.evidence).toEqual([{ ...data, id: "1" }]);
    const again = new EditorStore(fromLabelDocument(document));
    expect(again.snapshot()).toEqual(store.snapshot());
    expect(evidenceOf(again.snapshot(), "other")).toEqual([]);
  });

  it("of half-made answers travel as drafts", () => {
    const store = new EditorStore([{ ...emptyVerdict("hate"), severity: 1 }]);
    const draft = fromDraft(JSON.parse(JSON.stringify(toDraft(store.snapshot(), 12.6))));
    expect(draft?.active_ms).toBe(13);
    expect(new EditorStore(draft?.records).snapshot()).toEqual(store.snapshot());
    expect(fromDraft({ verdicts: [] })).toBeNull();
    expect(fromDraft(null)).toBeNull();
    expect(isBlank(store.snapshot())).toBe(false);
    expect(isBlank(new EditorStore([emptyVerdict("hate")]).snapshot())).toBe(true);
  });
});

describe("commands", () => {
  const command = (id: string, shortcut: string) => ({ id, label: id, shortcut, undo: "never", run: () => {} }) as const;

  it("on one key are a mistake that shows at once", () => {
    expect(() => new CommandTable([command("a", "mod+shift+z"), command("b", "shift+mod+Z")])).toThrow(
      CommandConflictError,
    );
    expect(() => new CommandTable([command("a", "a"), command("a", "b")])).toThrow(CommandConflictError);
  });

  it("run by their id when they may", () => {
    let ran = 0;
    const table = new CommandTable([
      { id: "a", label: "A", undo: "now", isEnabled: (ready: boolean) => ready, run: () => void (ran += 1) },
    ]);
    expect(table.run("a", false)).toBe(false);
    expect(table.run("a", true)).toBe(true);
    expect(ran).toBe(1);
  });
});

describe("the rulings an answer cites", () => {
  const cited = ["01a1ffda-d410-74ba-bdf4-ff14634192c3"];

  it("are sent with it, and come back when it is corrected", () => {
    const store = new EditorStore([{ ...emptyVerdict("hate"), answer: "no", precedents: cited }]);
    const document = toLabelDocument(store.snapshot(), [hate]);
    expect(document.verdicts[0]?.precedents).toEqual(cited);
    expect(fromLabelDocument(document)).toContainEqual(expect.objectContaining({ clauseKey: "hate", precedents: cited }));
  });

  it("are left out where there are none, and are a loss where there are", () => {
    const none = new EditorStore([{ ...emptyVerdict("hate"), answer: "no", precedents: [] }]);
    expect(toLabelDocument(none.snapshot(), [hate]).verdicts[0]).not.toHaveProperty("precedents");
    const only = new EditorStore([{ ...emptyVerdict("hate"), precedents: cited }]);
    expect(isBlank(only.snapshot())).toBe(false);
  });
});
