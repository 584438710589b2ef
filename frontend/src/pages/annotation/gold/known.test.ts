import { describe, expect, it } from "vitest";
import { type Beginning, changedKeys, draftsFrom, goldRequest, type KnownClause, marksKept, reaches, unknown } from "./known";

const yesOrNo = [
  { value: "no", label: "No", harmful: false },
  { value: "yes", label: "Yes", harmful: true },
];
const clauses: readonly KnownClause[] = [
  { key: "hate", title: "Hate", answers: yesOrNo, severities: [{ value: 1, label: "Low" }, { value: 2, label: "High" }], meaning: 1 },
  { key: "spam", title: "Spam", answers: yesOrNo, severities: [], meaning: 3 },
];
const about = { postId: "post", releaseId: "release", explanation: "See the caption." };
const strict = { severityWithin: 1, alikeMin: null };

function beginning(from: Beginning["from"]): Beginning {
  const marks = [{ kind: "whole_post" as const }];
  return { from, said: new Map([["hate", { answer: "yes", severity: 2, reason: "It demeans.", marks, markCount: 1 }]]) };
}

describe("gold", () => {
  it("knows only what was said, and leaves decisions to the server as they are", () => {
    const begin = beginning("decisions");
    const drafts = draftsFrom(clauses, begin);
    expect(drafts["spam"]?.answer).toBeNull();
    const sent = goldRequest(about, clauses, drafts, begin, strict);
    expect(sent.document).toBeUndefined();
    expect(sent.clause_keys).toEqual(["hate"]);
    expect(sent.reasons).toEqual({ hate: "It demeans." });
    expect(marksKept(clauses, drafts, begin)).toBe(1);
  });

  it("is made by hand once an answer is another than decided, and then knows no marks", () => {
    const begin = beginning("decisions");
    const drafts = { ...draftsFrom(clauses, begin), spam: { ...unknown, answer: "no" } };
    expect(changedKeys(clauses, drafts, begin)).toEqual(["spam"]);
    const sent = goldRequest(about, clauses, drafts, begin, strict);
    expect(sent.document?.verdicts).toEqual([
      { clause_key: "hate", answer: "yes", severity: 2, evidence: [] },
      { clause_key: "spam", answer: "no", severity: null, evidence: [] },
    ]);
    expect(marksKept(clauses, drafts, begin)).toBe(0);
  });

  it("takes the marks of one's own answer over where the answer stayed", () => {
    const begin = beginning("own");
    const sent = goldRequest(about, clauses, draftsFrom(clauses, begin), begin, strict);
    expect(sent.document?.verdicts[0]?.evidence).toHaveLength(1);
    const milder = { ...draftsFrom(clauses, begin), hate: { ...unknown, answer: "yes", severity: 1 } };
    expect(goldRequest(about, clauses, milder, begin, strict).document?.verdicts[0]?.evidence).toEqual([]);
  });

  it("holds for earlier meanings of a clause only where somebody says so", () => {
    const begin: Beginning = { from: "nothing", said: new Map() };
    const drafts = { hate: { ...unknown, answer: "no" }, spam: { ...unknown, answer: "no", since: 2 } };
    expect(goldRequest(about, clauses, drafts, begin, strict).meanings_from).toEqual({ spam: 2 });
    expect(reaches(3).map(({ label }) => label)).toEqual([
      "Meaning 3, as the clause is now",
      "Meanings 2 and 3",
      "Meanings 1 to 3",
    ]);
  });

  it("names no severity beside an answer that has none", () => {
    const begin: Beginning = { from: "nothing", said: new Map() };
    const drafts = { hate: { ...unknown, answer: "no", severity: 2 } };
    expect(goldRequest(about, clauses, drafts, begin, strict).document?.verdicts[0]?.severity).toBeNull();
  });
});
