import { describe, expect, it } from "vitest";
import { type Agreement, agreementSaid, dayWords, inputFacts, type Inputs, inputsSaid } from "./driftWords";

const none = { hits: 0, total: 0, value: null, low: null, high: null };
const held = { hits: 90, total: 100, value: 0.9, low: 0.83, high: 0.94 };
const agreement: Agreement = { state: "few", weeks: [], recent: none, recent_from: null, held_out: held, influenced: 0, least: 30 };
const inputs: Inputs = {
  state: "steady",
  measured_at: "2026-11-16T10:00:00Z",
  before: [300, 100],
  since: [290, 110],
  index: 0.01,
  index_state: "steady",
  index_told: 0.25,
  apart: { hits: 210, total: 400, value: 0.525, low: 0.48, high: 0.57 },
  apart_state: "steady",
  apart_told: 2 / 3,
  least: 200,
};

describe("agreement", () => {
  it("says which side has too few", () => {
    expect(agreementSaid(agreement).verdict).toBe("Too few decisions to tell: 0 of at least 30.");
    expect(agreementSaid(agreement).because).not.toContain("So far");
    const measured = { hits: 20, total: 40, value: 0.5, low: 0.35, high: 0.65 };
    const said = agreementSaid({ ...agreement, recent: measured, held_out: { ...held, total: 12 } });
    expect(said.verdict).toBe("Too few held-out posts to tell: 12 of at least 30.");
    expect(said.because).toContain("So far people agree in 50 %.");
  });

  it("stands beside what was expected, and says what to do once it is less", () => {
    const recent = { hits: 105, total: 210, value: 0.5, low: 0.43, high: 0.57 };
    const drifted = agreementSaid({ ...agreement, state: "drifted", recent });
    expect(drifted.verdict).toBe("People agree with the model less often than expected.");
    expect(drifted.because).toBe(
      "They agreed in 50 % of the newest 210 decisions (43 % to 57 %, 95 % interval). On held-out posts it was 90 %. Read posts where they differ, run another round, or go back to an earlier model.",
    );
    expect(agreementSaid({ ...agreement, state: "steady", recent }).because).not.toContain("go back");
  });
});

describe("new posts", () => {
  it("says which of the two looks found a change", () => {
    const said = (changes: Partial<Inputs>): string => inputsSaid({ ...inputs, ...changes }).verdict;
    expect(said({})).toBe("New posts are like those of the training.");
    expect(said({ state: "few" })).toBe("Too few posts to tell: 400 new beside 400 earlier ones.");
    expect(said({ state: "drifted", index_state: "drifted" })).toContain("other chances of harm than earlier ones");
    expect(said({ state: "drifted", apart_state: "drifted" })).toBe("New posts are of another kind than those of the training.");
    expect(said({ state: "drifted", index_state: "drifted", apart_state: "drifted" })).toContain("of another kind, and");
  });

  it("gives each measure with its bound, or says from how many posts on it does", () => {
    expect(inputFacts(inputs)).toEqual([
      ["Chances of harm", "Stability index 0.01; 0 is alike, 0.25 and more is changed"],
      ["Content", "New and earlier posts told apart in 53 % of 400; 50 % is alike, 67 % and more is changed"],
    ]);
    const few = inputFacts({ ...inputs, index_state: "few", apart: none, apart_state: "few" });
    expect(few.map(([, words]) => words)).toEqual(Array(2).fill("Told from 200 posts on either side on"));
  });

  it("writes a week's Monday as a day", () => {
    expect(dayWords("2026-11-16")).toBe("16 Nov 2026");
  });
});
