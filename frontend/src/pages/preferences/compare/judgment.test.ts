import { describe, expect, it } from "vitest";
import { builtInCover } from "@/work/seeing/shapes";
import type { ComparisonBundle } from "./bundle";
import { fromDraft, toDraft } from "./draft";
import {
  answerOfStep,
  fromDocument,
  blankJudgment,
  isBlank,
  missingIn,
  nextOpenAxis,
  opinionOf,
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
  form: "pair",
  lease: { id: "l", epoch: 1, state: "held", expires_at: "2026-01-01T00:00:00Z" },
  task: { id: "t", project_id: "p", project_state: "active" },
  release: { id: "r", label: "replies@1", title: "Replies", state: "released" },
  axes: [axis("helpful"), axis("harmless")],
  assessed: [],
  clauses: [
    { key: "weapons", title: "Weapons", severities: [{ value: 2, label: "High" }, { value: 1, label: "Low" }] },
    { key: "spam", title: "Spam", severities: [] },
  ],
  messages: [],
  language: "",
  post_id: null,
  material: null,
  responses: [
    { position: "first", text: "One.", material: null },
    { position: "second", text: "Two.", material: null },
  ],
  assessment_is_required: true,
  campaign: null,
  old_answers: [],
  old_ratings: [],
  old_citations: [],
  draft: null,
  submission: null,
  returned: null,
  protection: { severity: 0, categories: [], is_known: false, known_from: "expected", cover: builtInCover },
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
    expect(toDocument(said, bundle).axes).toEqual([
      { clause_key: "helpful", choice: "both_good", value: 0 },
      { clause_key: "harmless", choice: "both_unacceptable", value: 0 },
    ]);
  });

  it("names what is still open, in order", () => {
    const said = withAcceptable(withAnswer(blankJudgment, "helpful", answerOfStep(2)), "second", true);
    expect(missingIn(said, bundle).map(({ sentence }) => sentence)).toEqual([
      "harmless is still open.",
      "Say whether the first response is acceptable.",
    ]);
    expect(nextOpenAxis(said, bundle, "helpful")).toBe("harmless");
    expect(nextOpenAxis(withAnswer(said, "harmless", answerOfStep(4)), bundle, "helpful")).toBeNull();
  });

  it("goes round acceptable, not acceptable, not said", () => {
    const once = withNextAcceptable(blankJudgment, "first");
    const twice = withNextAcceptable(once, "first");
    expect([once, twice].map((each) => opinionOf(each, "first").acceptable)).toEqual([true, false]);
    expect(isBlank(withNextAcceptable(twice, "first"))).toBe(true);
  });

  it("drops clauses and a severity that no longer fit", () => {
    const cited = withSeverity(withClause(blankJudgment, "first", "weapons", bundle.clauses), "first", 2);
    expect(opinionOf(cited, "first")).toEqual({ acceptable: false, severity: 2, clauseKeys: ["weapons"] });
    const other = withClause(withClause(cited, "first", "spam", bundle.clauses), "first", "weapons", bundle.clauses);
    expect(opinionOf(other, "first")).toEqual({ acceptable: false, severity: null, clauseKeys: ["spam"] });
    expect(opinionOf(withAcceptable(cited, "first", true), "first").clauseKeys).toEqual([]);
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

describe("a judgment of a slate", () => {
  const slate: ComparisonBundle = {
    ...bundle,
    form: "ranking",
    assessment_is_required: false,
    responses: [...bundle.responses, { position: "third", text: "Three.", material: null }],
  };
  const said = { ...blankJudgment, places: { helpful: { third: 1, first: 2 }, harmless: { second: 1 } } };

  it("is sent with the places of what is placed, in the order shown", () => {
    expect(missingIn(said, slate)).toEqual([]);
    expect(missingIn(blankJudgment, slate).map(({ axisKey }) => axisKey)).toEqual(["helpful", "harmless"]);
    const document = toDocument(said, slate);
    expect(document.axes[0]).toEqual({
      clause_key: "helpful",
      places: [
        { position: "first", value: 2 },
        { position: "third", value: 1 },
      ],
    });
    expect(document).not.toHaveProperty("rewrites");
    expect(fromDocument({ ...document })).toEqual(said);
    expect(isBlank(said)).toBe(false);
  });
});
