import { describe, expect, it } from "vitest";
import { clauseScans } from "./metrics";

function peopleOf(facts: Record<string, unknown>) {
  return clauseScans({ clauses: { spam: facts } })[0];
}

describe("what a scan tells of people", () => {
  it("reads the evidence with its intervals", () => {
    const share = { hits: 24, total: 24, value: 1, low: 0.86, high: 1 };
    const told = peopleOf({
      everybody: { median_ms: 4000, pointed_out: 1 },
      annotators: [
        {
          pseudonym: "tidal-gull",
          answered: 24,
          beyond_chance: { value: 0, low: -0.2, high: 0.3 },
          lean: { answer: "yes", own: share, others: 0.25 },
          is_measured: true,
          marks_everything: true,
        },
      ],
    });
    expect(told?.everybody).toEqual({ medianMs: 4000, pointedOut: 1 });
    expect(told?.annotators[0]).toMatchObject({
      beyondChance: { value: 0, low: -0.2, high: 0.3 },
      lean: { answer: "yes", own: share, others: 0.25 },
      quality: null,
      marksEverything: true,
      tellsNothing: false,
    });
  });

  it("leaves out agreement that is not defined", () => {
    const told = peopleOf({ annotators: [{ pseudonym: "tidal-gull", beyond_chance: { value: null, low: null, high: null }, is_measured: false }] });
    expect(told?.annotators[0]).toMatchObject({ beyondChance: null, isMeasured: false });
  });

  it("knows that an older scan did not ask", () => {
    const told = peopleOf({ annotators: [{ pseudonym: "tidal-gull", answered: 30, estimate: 0.9 }] });
    expect(told?.annotators[0]).toMatchObject({ answered: 30, isMeasured: null, lean: null });
    expect(told?.everybody.pointedOut).toBe(0);
  });
});
