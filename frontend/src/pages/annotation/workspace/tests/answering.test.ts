import { describe, expect, it } from "vitest";
import { verdictOf } from "@/editor/records";
import { EditorStore } from "@/editor/store";
import { answer, findNothingElse, hasRest } from "../answering";
import type { Clause, LabelBundle } from "../bundle";

const yes = { value: "yes", label: "Yes", harmful: true };
const no = { value: "no", label: "No", harmful: false };

function clause(key: string, answers = [yes, no]): Clause {
  return { key, title: key, answers, severities: [], evidence_kinds: [], requires: { evidence: false, severity: false, reason: false } } as unknown as Clause;
}

const clauses = [clause("hate"), clause("scam"), clause("spam"), clause("tone", [yes, no, { ...no, value: "other" }])];

function room() {
  const at = { key: "hate" };
  const store = new EditorStore();
  const workspace = { store, bundle: { clauses } as LabelBundle, activeKey: "hate", setActiveKey: (key: string) => void (at.key = key) };
  return { at, store, workspace, said: () => clauses.map(({ key }) => verdictOf(store.snapshot(), key).answer) };
}

describe("nothing else is found", () => {
  it("answers what is open, leaves what was said, and goes to the question it cannot answer", () => {
    const { at, store, workspace, said } = room();
    answer(store, clause("scam"), "yes");
    findNothingElse(workspace);
    expect(said()).toEqual(["no", "yes", "no", null]);
    expect(at.key).toBe("tone");
    store.undo();
    expect(said()).toEqual([null, "yes", null, null]);
  });

  it("leaves a question that something was marked for", () => {
    const { at, store, workspace, said } = room();
    store.put({ type: "evidence", id: "evidence:1", clauseKey: "scam", order: 1, data: { kind: "whole_post" } }, { label: "Mark" });
    findNothingElse(workspace);
    expect(said()).toEqual(["no", null, "no", null]);
    expect(at.key).toBe("scam");
  });

  it("is offered while more than one question is open for it", () => {
    const { store, workspace } = room();
    expect(hasRest(store.snapshot(), clauses)).toBe(true);
    answer(store, clause("hate"), "no");
    expect(hasRest(store.snapshot(), clauses)).toBe(true);
    answer(store, clause("spam"), "no");
    expect(hasRest(store.snapshot(), workspace.bundle.clauses)).toBe(false);
  });
});
