import { describe, expect, it } from "vitest";
import type { ComparisonBundle } from "./bundle";
import { fromDraft, toDraft } from "./draft";
import {
  answerOfStep,
  fromDocument,
  blankJudgment,
  isBlank,
  missingIn,
  nextOpenAxis,
  toDocument,
  withAcceptable,
  withAnswer,
  withClause,
  withNextAcceptable,
  withRewrite,
  withSeverity,
} from "./judgment";

const axis = (key: string) => ({ key, title: key, question: `${key}?`, blocks: [], meaning_revision: 1 });
const bundle: ComparisonBundle = {
  lease: { id: "l", epoch: 1, state: "held", expires_at: "2026-01-01T00:00:00Z" },
  task: { id: "t", project_id: "p", project_state: "active" },
  release: { id: "r", label: "replies@1", title: "Replies", state: "released" },
  axes: [axis("helpful"), axis("harmless")],
  clauses: [
    { key: "weapons", title: "Weapons", severities: [{ value: 2, label: "High" }, { value: 1, label: "Low" }] },
    { key: "spam", title: "Spam", severities: [] },
  ],
  messages: [],
  language: "",
  post_id: null,
  responses: [
    { position: "first", text: "One." },
    { position: "second", text: "Two." },
  ],
  assessment_is_required: true,
  old_answers: [],
  draft: null,
  submission: null,
};

describe("a judgment", () => {
  it("keeps a tie, both good and both unacceptable apart", () => {
    expect(answerOfStep(1)).toEqual({ choice: "prefer", value: -3 });
    expect(answerOfStep(4)).toEqual({ choice: "tie", value: 0 });
    expect(answerOfStep(7)).toEqual({ choice: "prefer", value: 3 });
    const said = withAnswer(
      withAnswer(blankJudgment, "helpful", { choice: "both_good", value: 0 }),
      "harmless",
      { choice: "both_unacceptable", value: 0 },
    );
    expect(toDocument(said, bundle).axes.map(({ choice }) => choice)).toEqual(["both_good", "both_unacceptable"]);
  });

  it("names what is still open, in order", () => {
    const said = withAcceptable(withAnswer(blankJudgment, "helpful", answerOfStep(2)), "second", true);
    expect(missingIn(said, bundle).map(({ sentence }) => sentence)).toEqual([
      "harmless is still open.",
      "Say whether the first response is acceptable.",
    ]);
    expect(nextOpenAxis(said, bundle.axes, "helpful")).toBe("harmless");
    expect(nextOpenAxis(withAnswer(said, "harmless", answerOfStep(4)), bundle.axes, "helpful")).toBeNull();
  });

  it("goes round acceptable, not acceptable, not said", () => {
    const once = withNextAcceptable(blankJudgment, "first");
    const twice = withNextAcceptable(once, "first");
    expect([once, twice].map((each) => each.opinions.first.acceptable)).toEqual([true, false]);
    expect(isBlank(withNextAcceptable(twice, "first"))).toBe(true);
  });

  it("drops clauses and a severity that no longer fit", () => {
    const cited = withSeverity(withClause(blankJudgment, "first", "weapons", bundle.clauses), "first", 2);
    expect(cited.opinions.first).toEqual({ acceptable: false, severity: 2, clauseKeys: ["weapons"] });
    const other = withClause(withClause(cited, "first", "spam", bundle.clauses), "first", "weapons", bundle.clauses);
    expect(other.opinions.first).toEqual({ acceptable: false, severity: null, clauseKeys: ["spam"] });
    expect(withAcceptable(cited, "first", true).opinions.first.clauseKeys).toEqual([]);
  });

  it("sends a rewrite only when it says something else", () => {
    const opened = withRewrite(withRewrite(blankJudgment, "first", "One."), "second", "  ");
    expect(toDocument(opened, bundle).rewrites).toEqual([]);
    expect(toDocument(withRewrite(opened, "second", "Better."), bundle).rewrites).toEqual([
      { position: "second", text: "Better." },
    ]);
  });

  it("comes back from its draft as it was, and refuses other drafts", () => {
    const said = withAnswer(blankJudgment, "helpful", answerOfStep(2));
    expect(fromDraft(JSON.parse(JSON.stringify(toDraft(said, 12.4))))).toEqual(toDraft(said, 12));
    expect(fromDraft({ format: "concord.draft.1", records: [] })).toBeNull();
    expect(fromDraft(null)).toBeNull();
  });

  it("is read back from what was sent", () => {
    const cited = withSeverity(withClause(blankJudgment, "second", "weapons", bundle.clauses), "second", 1);
    const said = withRewrite(withAnswer(withAnswer(cited, "helpful", answerOfStep(1)), "harmless", answerOfStep(4)), "first", "New.");
    expect(fromDocument({ ...toDocument(said, bundle) })).toEqual(said);
  });
});
