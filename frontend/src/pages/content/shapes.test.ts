import { describe, expect, it } from "vitest";
import { clock, grouped, languageName, makeUp, type Part, partName } from "./shapes";

function part(kind: Part["kind"], label = ""): Part {
  return { id: kind + label, position: 0, kind, label, language: "", text: "x", asset: null };
}

describe("the names of parts", () => {
  it("numbers parts of one kind only when there are several", () => {
    const parts = [part("image"), part("caption"), part("image")];
    expect(parts.map((one) => partName(one, parts))).toEqual(["Image 1", "Caption", "Image 2"]);
  });
  it("prefers a label of its own", () => {
    expect(partName(part("comment", "Reply"), [])).toBe("Reply");
  });
});

describe("the order of parts", () => {
  it("keeps texts that follow one another together", () => {
    const media: Part = { ...part("image"), asset: {} as Part["asset"] };
    const groups = grouped([part("title"), part("text"), media, media, part("comment")]);
    expect(groups.map((group) => group.map((one) => one.kind))).toEqual([["title", "text"], ["image"], ["image"], ["comment"]]);
  });
});

describe("what a post is made of", () => {
  it("counts what stands several times", () => {
    expect(makeUp(["image", "comment", "comment"])).toBe("image, 2\u00a0×\u00a0comment");
  });
});

describe("times and languages", () => {
  it.each([
    [0, "0:00.0"],
    [83_500_000, "1:23.5"],
    [3_600_000_000, "1:00:00.0"],
  ])("says %d µs as %s", (at, said) => expect(clock(at)).toBe(said));
  it("names a language, and says when it is unknown or no language", () => {
    expect([languageName("ar"), languageName(""), languageName("not a tag")]).toEqual(["Arabic", "Unknown", "not a tag"]);
  });
});
