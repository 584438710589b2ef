import { describe, expect, it } from "vitest";
import { inOrder, scopeGroups, scopes, scopeSets } from "./scopes";

describe("scopes", () => {
  it("stand each in one group", () => {
    expect(scopeGroups.flatMap((group) => group.scopes).sort()).toEqual([...scopes].sort());
  });

  it("are told in the order they are offered in", () => {
    expect(inOrder(["proposals.write", "new.scope", "results.view", "project.view"])).toEqual(["project.view", "results.view", "proposals.write", "new.scope"]);
  });

  it("of what programs usually need hold no rights over people", () => {
    for (const set of scopeSets) {
      expect(set.scopes).toContain("project.view");
      expect(set.scopes).not.toContain("project.manage");
      expect(set.scopes).not.toContain("media.sensitive");
    }
  });
});
