import { describe, expect, it } from "vitest";
import { actionWords, type Entry, runsOf, targetWords } from "./auditWords";

function entry(change: Partial<Entry>): Entry {
  return {
    id: "1",
    created_at: "2026-01-01T00:00:00Z",
    actor: "Mika",
    action: "version.download",
    target_kind: "exports.version",
    target_id: "01a1fdea-b6bd-715a-8350-b00e6291359b",
    data: {},
    ...change,
  };
}

describe("the audit in words", () => {
  it("says what was done to what", () => {
    expect(actionWords("login_link.issue")).toBe("Login link: issue");
    expect(targetWords(entry({}))).toBe("version …6291359b");
    expect(targetWords(entry({ target_kind: "" }))).toBe("—");
  });

  it("joins only neighbours that say the same", () => {
    const rows = [entry({}), entry({ id: "2" }), entry({ id: "3", actor: "Ana" }), entry({ id: "4" })];
    expect(runsOf(rows).map((run) => [run.first.id, run.count])).toEqual([
      ["1", 2],
      ["3", 1],
      ["4", 1],
    ]);
  });
});
