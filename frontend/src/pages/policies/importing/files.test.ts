import { expect, test } from "vitest";
import { filesWith, type ReadFile } from "./files";

function file(name: string, sha256: string): ReadFile {
  return { given: { name, base64: "" }, sha256, size: 1 };
}

function names(files: readonly ReadFile[]): string[] {
  return files.map((one) => one.given.name);
}

test("files of one name stand beside each other, for packs call every policy alike", () => {
  const chosen = filesWith([], [file("policy.md", "a"), file("policy.md", "b"), file("examples.csv", "c")]);
  expect(names(chosen)).toEqual(["policy.md", "policy (2).md", "examples.csv"]);
  expect(names(filesWith(chosen, [file("policy.md", "d")]))).toContain("policy (3).md");
});

test("the same file chosen again is there once", () => {
  expect(names(filesWith([file("rules.md", "a")], [file("rules.md", "a")]))).toEqual(["rules.md"]);
});
