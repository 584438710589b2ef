import { describe, expect, it } from "vitest";
import { type Found, outcomesOf, type Person, pullTold, shareTold, standsOut } from "./figures";

const nothing = { of: 0, counted: 0, share: null, low: null, high: null };
const person: Person = {
  judgments: 100,
  reliability: { size: 0.9, low: 0.8, high: 0.95, against: false },
  worth: { size: 1, low: 0.7, high: 1.3, beyond_doubt: true },
  side: { size: 0.1, low: -0.2, high: 0.4, beyond_doubt: false },
  length: null,
  same: nothing,
  turned: nothing,
  others: nothing,
};

describe("how people judge", () => {
  it("never says a share without its interval", () => {
    expect(shareTold({ of: 19, counted: 6, share: 6 / 19, low: 0.154, high: 0.54 }, "nobody")).toEqual({ value: "31.6 %", note: "15.4 % to 54.0 %, 6 of 19" });
    expect(shareTold(nothing, "nobody was asked again")).toEqual({ value: "—", note: "nobody was asked again" });
  });

  it("reads a pull as the chance to win between equals", () => {
    expect(pullTold({ size: 0, low: -1, high: 1 }, "")).toEqual({ value: "50.0 %", note: "26.9 % to 73.1 %" });
    expect(pullTold(undefined, "as long")).toEqual({ value: "—", note: "as long" });
  });

  it("says of a person only what is beyond doubt", () => {
    expect(standsOut(person)).toEqual([]);
    expect(standsOut({ ...person, reliability: { size: 0.1, low: 0.05, high: 0.2, against: true } })).toEqual(["says the opposite of the others"]);
    expect(standsOut({ ...person, side: { size: -1, low: -1.4, high: -0.6, beyond_doubt: true }, length: { size: 0.9, low: 0.5, high: 1.3, beyond_doubt: true } })).toEqual([
      "drawn to the second place",
      "drawn to the longer",
    ]);
  });

  it("adds up outcomes over the ways they were decided", () => {
    const found = { outcomes: [{ outcome: "tie", method: "majority", count: 2 }, { outcome: "a", method: "majority", count: 3 }, { outcome: "a", method: "unanimous", count: 4 }] } as unknown as Found;
    expect(outcomesOf(found)).toEqual([{ outcome: "a", count: 7, unanimous: 4 }, { outcome: "tie", count: 2, unanimous: 0 }]);
  });
});
