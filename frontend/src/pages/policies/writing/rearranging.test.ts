import { describe, expect, it } from "vitest";
import { indented, movedAfter, movedBefore, movedBy, movedInto, outdented, type Place } from "./rearranging";

const tree: Place[] = [
  { key: "a", parent_key: "" },
  { key: "a1", parent_key: "a" },
  { key: "b", parent_key: "" },
  { key: "c", parent_key: "" },
];

const spelled = (places: Place[] | null): string | undefined =>
  places?.map((place) => (place.parent_key === "" ? place.key : `${place.parent_key}>${place.key}`)).join(" ");

describe("rearranging clauses", () => {
  it("moves a clause past its sibling with all that stands below it", () => {
    expect(spelled(movedBy(tree, "a", 1))).toBe("b a a>a1 c");
    expect(spelled(movedBy(tree, "c", -1))).toBe("a a>a1 c b");
  });

  it("has nowhere to go at either end", () => {
    expect(movedBy(tree, "a", -1)).toBeNull();
    expect(movedBy(tree, "c", 1)).toBeNull();
  });

  it("puts a clause under the one above and takes it out again", () => {
    const under = indented(tree, "c");
    expect(spelled(under)).toBe("a a>a1 b b>c");
    expect(spelled(outdented(under ?? [], "c"))).toBe("a a>a1 b c");
    expect(indented(tree, "a")).toBeNull();
    expect(outdented(tree, "a")).toBeNull();
  });

  it("is dropped after another and all below it, or under it", () => {
    expect(spelled(movedAfter(tree, "c", "a"))).toBe("a a>a1 c b");
    expect(spelled(movedInto(tree, "c", "a"))).toBe("a a>a1 a>c b");
    expect(movedInto(tree, "a", "a1")).toBeNull();
    expect(movedAfter(tree, "a", "a")).toBeNull();
  });

  it("does not drop a clause into itself", () => {
    expect(movedBefore(tree, "a", "a1")).toBeNull();
    expect(spelled(movedBefore(tree, "c", "a1"))).toBe("a a>c a>a1 b");
  });
});
