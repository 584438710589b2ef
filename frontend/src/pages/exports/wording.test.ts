import { describe, expect, it } from "vitest";
import { allRows, causeWords, nameFrom, rowsOf } from "./wording";

describe("words of datasets", () => {
  it("makes a name the server accepts from any title", () => {
    expect(nameFrom("Réponses: sûres & utiles (2026)")).toBe("reponses-sures-utiles-2026");
    expect(nameFrom("—")).toBe("");
    expect(nameFrom("x".repeat(80))).toHaveLength(60);
  });

  it("says why a row came in or went out in the words of the exclusion", () => {
    expect(causeWords("was_tie")).toBe("Was left out: neither response is better");
    expect(causeWords("now_stale")).toBe("Is left out now: answered under another meaning of the clause");
    expect(causeWords("something_new")).toBe("Something new");
  });

  it("adds rows up", () => {
    const counts = { dpo: { train: 3, test: 1 }, sft: {} };
    expect(rowsOf(counts, "dpo")).toBe(4);
    expect(allRows(counts)).toBe(4);
    expect(rowsOf(counts, "rm")).toBe(0);
  });
});
