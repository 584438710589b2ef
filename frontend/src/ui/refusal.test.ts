import { expect, test } from "vitest";
import { ApiProblem } from "@/api/problem";
import { refusalOf } from "./refusal";

function refused(code: string, errors?: { path: string; message: string }[]): ApiProblem {
  return new ApiProblem({ title: "t", status: 400, code, detail: "Some fields need a change.", errors });
}

test("what is about a field stands beside it, deeper paths too, and then the form says nothing more", () => {
  const refusal = refusalOf(
    refused("invalid_fields", [
      { path: "name", message: "Too long." },
      { path: "roles[0]", message: "No such role." },
      { path: "roles[1]", message: "Given twice." },
    ]),
    ["name", "roles"],
  );
  expect(refusal?.at("name")).toBe("Too long.");
  expect(refusal?.at("roles")).toBe("No such role. Given twice.");
  expect(refusal?.at("other")).toBeUndefined();
  expect([refusal?.sentence, refusal?.rest]).toEqual([null, []]);
});

test("what has no place in the form stays above the buttons, with its path", () => {
  const refusal = refusalOf(
    refused("invalid_fields", [
      { path: "definition.split", message: "Say how." },
      { path: "name", message: "Too long." },
    ]),
    ["name"],
  );
  expect(refusal?.at("name")).toBe("Too long.");
  expect(refusal?.sentence).toBe("Some fields need a change.");
  expect(refusal?.rest).toEqual([["definition.split", "Say how."]]);
});

test("a refusal of the whole says its own sentence too", () => {
  expect(refusalOf(refused("invalid_fields", [{ path: "", message: "Name one or the other." }]), ["name"])?.sentence).toBe(
    "Some fields need a change. Name one or the other.",
  );
});

test("a code can be about a field", () => {
  const refusal = refusalOf(refused("slug_taken"), ["slug"], { slug_taken: "slug" });
  expect([refusal?.at("slug"), refusal?.sentence]).toEqual(["Some fields need a change.", null]);
});

test("without an error there is nothing to say, and a fault of the page is said above the buttons", () => {
  expect(refusalOf(null, ["name"])).toBeNull();
  const fault = refusalOf(new TypeError("x"), ["name"]);
  expect(fault?.at("name")).toBeUndefined();
  expect(fault?.sentence).toMatch(/this page/i);
});
