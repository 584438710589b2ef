import { expect, test } from "vitest";
import { navigation, navigationFor } from "@/app/shell/navigation";
import { doorsFor } from "./doors";
import { slugOf } from "./NewProjectDialog";

test("a person with several roles sees each door once", () => {
  const keys = doorsFor(["reviewer", "annotator"]).map((door) => door.key);
  expect(keys).toEqual(["label", "compare", "review", "suspects"]);
});

test("no two places share the key pressed after g", () => {
  const keys = navigation.flatMap((group) => group.items.map((item) => item.key));
  expect(new Set(keys).size).toBe(keys.length);
  expect(keys).not.toContain("h");
});

test("groups without an open page are left out", () => {
  const labels = navigationFor(["project.view", "tasks.work"]).map((group) => group.label);
  expect(labels).toEqual([null, "Work", "Rules"]);
});

test("a short name is made from the name", () => {
  expect(slugOf("Été à la mer, 2026")).toBe("ete-a-la-mer-2026");
  expect(slugOf("المشروع")).toBe("");
});
