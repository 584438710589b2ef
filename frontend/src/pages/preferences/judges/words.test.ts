import { describe, expect, it } from "vitest";
import { askedTold, changesTold, firstMark, firstTold, judgedWords, kappaTold, versionWords } from "./words";

describe("what is told of judges", () => {
  it("never says a figure without its interval", () => {
    expect(kappaTold({ value: 0.652, low: 0.581, high: 0.714 })).toEqual({ value: "0.652", note: "0.581 to 0.714" });
    expect(kappaTold({ value: null, low: null, high: null }).value).toBe("—");
    expect(firstTold({ value: 0.58, low: 0.53, high: 0.63 })).toEqual({ value: "58.0 %", note: "53.0 % to 63.0 %" });
    expect(firstTold({ value: null, low: null, high: null }).note).toBe("asked in one order");
  });

  it("calls a bias one only where the interval leaves out a half", () => {
    expect(firstMark({ value: 0.58, low: 0.53, high: 0.63 })).toBe("drawn to the first place");
    expect(firstMark({ value: 0.4, low: 0.3, high: 0.49 })).toBe("drawn to the second place");
    expect(firstMark({ value: 0.55, low: 0.49, high: 0.6 })).toBeNull();
  });

  it("tells what changed against the version before", () => {
    expect(changesTold(null).note).toBe("its first version");
    expect(changesTold({ changed: { of: 10, counted: 4, share: 0.4, low: 0.1, high: 0.7 }, better: 3, worse: 1 })).toEqual({
      value: "40.0 %",
      note: "4 of 10: 3 to people’s answer, 1 from it",
    });
  });

  it("names a version by model, release and prompt", () => {
    expect(versionWords({ source: "endpoint", model: "judge-7b", version: "", release_label: "replies@1", fingerprint: "0123456789abcdef" })).toBe(
      "judge-7b · replies@1 · prompt 012345",
    );
    expect(versionWords({ source: "imported", model: "v1", version: "v1", release_label: "replies@1", fingerprint: "" })).toBe("v1 · replies@1");
  });

  it("says whom it asked", () => {
    expect(askedTold({ created: 2, asked_more: 1, under_way: 0 })).toBe("2 comparisons asked about now, 1 comparison with one more person.");
    expect(askedTold({ created: 0, asked_more: 0, under_way: 0 })).toBe("No comparison is in doubt.");
    expect(judgedWords("")).toBe("Not clear");
  });
});
