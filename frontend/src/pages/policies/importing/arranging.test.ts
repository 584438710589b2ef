import { describe, expect, it } from "vitest";
import type { ClauseText } from "../shapes";
import {
  arrangementOf,
  bodyOf,
  changed,
  depthOf,
  exampleCount,
  type ImportPreview,
  keyProblem,
  mergedUp,
  ofKind,
  shownOf,
  titled,
  withExamples,
} from "./arranging";

const document = (title: string, more: Partial<ClauseText> = {}): ClauseText => ({
  kind: "verdict",
  title,
  question: `Does the post fall under “${title}”?`,
  blocks: [{ id: "definition", type: "definition", text: `What ${title} is.` }],
  answers: [
    { value: "yes", label: "Yes", harmful: true },
    { value: "no", label: "No", harmful: false },
  ],
  severities: [],
  modalities: ["text"],
  evidence_kinds: ["text_span"],
  requires: { evidence: false, reason: false, severity: false },
  relations: [],
  codes: [],
  language: "",
  translations: [],
  ...more,
});

function proposed(): ImportPreview {
  const row = { file: "rules.md", line: 1, is_left_out: false, why_left_out: "", problems: [] };
  return {
    key: "rules",
    title: "Rules",
    summary: "",
    release_notes: "Be kind.",
    is_exact: false,
    files: ["rules.md"],
    notes: [],
    clauses: [
      { ...row, key: "trade", parent_key: "", document: document("Trade", { relations: [{ kind: "see_also", clause_key: "appeals" }] }) },
      { ...row, key: "knives", parent_key: "trade", document: document("Knives") },
      {
        ...row,
        key: "kitchen",
        parent_key: "knives",
        document: document("Kitchen", { relations: [{ kind: "see_also", clause_key: "knives" }] }),
      },
      { ...row, key: "appeals", parent_key: "", is_left_out: true, why_left_out: "No rule.", document: document("Appeals") },
    ],
  };
}

describe("arranging an import", () => {
  it("writes what is chosen, and nothing that leads to what is not", () => {
    const body = bodyOf(arrangementOf(proposed()), [], null);
    expect(body.clauses.map((clause) => [clause.key, clause.parent_key])).toEqual([
      ["trade", ""],
      ["knives", "trade"],
      ["kitchen", "knives"],
    ]);
    expect(body.clauses[0]?.document.relations).toEqual([]);
    expect(body.notes).toBe("Be kind.");
  });

  it("lifts children to the nearest chosen parent", () => {
    const arrangement = changed(arrangementOf(proposed()), "knives", { isChosen: false });
    const body = bodyOf(arrangement, [], "p1");
    expect(body.clauses.map((clause) => [clause.key, clause.parent_key])).toEqual([
      ["trade", ""],
      ["kitchen", "trade"],
    ]);
    expect(body.policy_id).toBe("p1");
    const kitchen = shownOf(arrangement).find((clause) => clause.id === "kitchen");
    expect(kitchen && depthOf(arrangement, kitchen)).toBe(1);
  });

  it("renames a key everywhere it is named", () => {
    const body = bodyOf(changed(arrangementOf(proposed()), "knives", { key: "blades" }), [], null);
    expect(body.clauses.map((clause) => [clause.key, clause.parent_key])).toEqual([
      ["trade", ""],
      ["blades", "trade"],
      ["kitchen", "blades"],
    ]);
    expect(body.clauses[2]?.document.relations).toEqual([{ kind: "see_also", clause_key: "blades" }]);
  });

  it("refuses a key that stands twice or is no key", () => {
    const arrangement = changed(arrangementOf(proposed()), "knives", { key: "trade" });
    const knives = shownOf(arrangement)[1];
    expect(knives && keyProblem(arrangement, knives)).toBe("Another clause has this key.");
    expect(knives && keyProblem(arrangement, { ...knives, key: "Big Knives" })).toMatch(/lower-case/);
    expect(knives && keyProblem(arrangement, { ...knives, key: "big-knives" })).toBeNull();
  });

  it("merges a clause into the one above with its text under its title", () => {
    const arrangement = mergedUp(arrangementOf(proposed()), "knives");
    expect(shownOf(arrangement).map((clause) => clause.id)).toEqual(["trade", "kitchen", "appeals"]);
    const body = bodyOf(arrangement, [], null);
    expect(body.clauses.map((clause) => [clause.key, clause.parent_key])).toEqual([
      ["trade", ""],
      ["kitchen", "trade"],
    ]);
    expect(body.clauses[0]?.document.blocks).toEqual([
      { id: "definition", type: "definition", text: "What Trade is." },
      { id: "definition-2", type: "definition", text: "**Knives**\n\nWhat Knives is." },
    ]);
    expect(body.clauses[1]?.document.relations).toEqual([{ kind: "see_also", clause_key: "trade" }]);
  });

  it("leaves the first clause alone, which has none above", () => {
    const arrangement = arrangementOf(proposed());
    expect(mergedUp(arrangement, "trade")).toBe(arrangement);
  });

  it("turns a question into a criterion and back without losing anything", () => {
    const [trade] = arrangementOf(proposed()).clauses;
    if (trade === undefined) throw new Error("no clause");
    const axis = { ...trade, ...ofKind(trade, "axis") };
    expect(axis.document.answers).toEqual([]);
    expect(axis.document.question).toBe("Which response is better by “Trade”?");
    expect(ofKind(axis, "verdict").document).toEqual(trade.document);
  });

  it("keeps the first examples of each answer, or all again", () => {
    const items = Array.from({ length: 30 }, (_, at) => ({
      text: `Post ${at}`,
      ruling: at % 3 === 0 ? "no" : "yes",
      why: "",
      severity: null,
      media: [],
    }));
    const [trade] = arrangementOf(proposed()).clauses;
    if (trade === undefined) throw new Error("no clause");
    const full = { ...trade.document, blocks: [{ id: "examples", type: "examples" as const, items }] };
    const clause = { ...trade, document: full, original: full };
    const few = { ...clause, ...withExamples(clause, false) };
    expect(exampleCount(few.document)).toBe(20);
    expect(exampleCount({ ...few, ...withExamples(few, true) }.document)).toBe(30);
  });

  it("lets the question follow the title", () => {
    const [trade] = arrangementOf(proposed()).clauses;
    if (trade === undefined) throw new Error("no clause");
    expect(titled(trade, "Sales").document?.question).toBe("Does the post fall under “Sales”?");
  });
});
