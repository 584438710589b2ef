import { describe, expect, it } from "vitest";
import type { ClauseText } from "../shapes";
import { blockAdded, blockMoved, blockPutAt } from "./blocks";
import { withMaterial } from "./useWritingInto";

const empty: ClauseText = {
  kind: "verdict",
  title: "Spam",
  question: "",
  blocks: [],
  answers: [],
  severities: [],
  modalities: [],
  evidence_kinds: [],
  requires: { evidence: false, reason: false, severity: false },
  relations: [],
  codes: [],
  language: "",
  translations: [],
};

const three = (["definition", "use_when", "rationale"] as const).reduce(blockAdded, empty);
const ids = (text: ClauseText): string => text.blocks.map((block) => block.id).join(" ");

describe("the blocks of a clause", () => {
  it("are put before the one they are dropped on, or at the end", () => {
    expect(ids(blockPutAt(three, "rationale", 0))).toBe("rationale definition use-when");
    expect(ids(blockPutAt(three, "definition", 2))).toBe("use-when definition rationale");
    expect(ids(blockPutAt(three, "definition", 3))).toBe("use-when rationale definition");
    expect(blockPutAt(three, "nowhere", 1)).toBe(three);
  });

  it("move by one and stay at the ends", () => {
    expect(ids(blockMoved(three, "use-when", -1))).toBe("use-when definition rationale");
    expect(blockMoved(three, "rationale", 1)).toBe(three);
  });

  it("take in what was found elsewhere: a note at the end, an example in its block", () => {
    const note = { clauseKey: "spam", block: "interpretation" as const, text: "Chain letters are bulk.", item: null };
    const once = withMaterial(three, note);
    expect(once.blocks.at(-1)).toEqual({ id: "interpretation", type: "interpretation", text: "Chain letters are bulk." });
    expect(withMaterial(once, { ...note, text: "So are pyramids." }).blocks.at(-1)).toMatchObject({
      text: "Chain letters are bulk.\n\nSo are pyramids.",
    });
    const item = { text: "Send to ten", ruling: "violates", why: "", severity: null, media: [], postId: "p" };
    const example = withMaterial(three, { clauseKey: "spam", block: "examples", text: "", item });
    expect(example.blocks.at(-1)).toMatchObject({ type: "examples", items: [{ text: "Send to ten", ruling: "violates" }] });
    expect(JSON.stringify(example)).not.toContain("postId");
  });

  it("get names of their own", () => {
    expect(ids(blockAdded(three, "definition"))).toBe("definition use-when rationale definition-2");
  });
});
