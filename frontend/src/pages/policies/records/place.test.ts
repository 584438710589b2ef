import { describe, expect, it } from "vitest";
import { nounOf, placeOf, recordsPath } from "./place";

describe("the address of a list of records", () => {
  it("says what the list is narrowed to, and reads back the same", () => {
    const place = { against: "r1", noun: "gold items", becomes: null, clause: "weapons", language: "none", severity: "2" };
    const address = recordsPath("p", "r2", place);
    expect(address).toBe("/p/p/releases/r2/records?against=r1&noun=gold+items&clause=weapons&language=none&severity=2");
    expect(placeOf(Object.fromEntries(new URL(address, "http://x").searchParams))).toEqual(place);
  });

  it("reads a number where the router made one, and drops what it does not know", () => {
    expect(placeOf({ severity: 2, becomes: "lost", clause: "" })).toEqual({
      against: null,
      noun: null,
      becomes: null,
      clause: null,
      language: null,
      severity: "2",
    });
  });

  it("counts one record in the singular", () => {
    expect([nounOf("gold items", 1), nounOf("decisions", 2)]).toEqual(["gold item", "decisions"]);
  });
});
