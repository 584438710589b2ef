import { expect, test } from "vitest";
import { ApiProblem, problemFrom, sentenceOf } from "./problem";

function answer(body: unknown, status: number): Response {
  return new Response(typeof body === "string" ? body : JSON.stringify(body), { status });
}

test("a problem document keeps its code, sentence, request and field errors", async () => {
  const problem = await problemFrom(
    answer(
      {
        title: "Invalid",
        status: 400,
        code: "fields",
        detail: "Some fields cannot be taken.",
        request_id: "r-7",
        errors: [
          { path: "roles", message: "Choose one." },
          { path: "clauses[0].key", message: "Taken." },
          { path: "clauses[0].key", message: "Too long." },
          { path: "", message: "Name one or the other." },
        ],
      },
      400,
    ),
  );
  expect(problem.code).toBe("fields");
  expect(problem.requestId).toBe("r-7");
  expect(problem.fieldErrors).toEqual({
    roles: "Choose one.",
    "clauses[0].key": "Taken. Too long.",
    "": "Name one or the other.",
  });
});

test("errors of another shape are left out and never show as paths of their own", () => {
  const odd = new ApiProblem({ title: "t", status: 400, code: "c", detail: "No.", errors: [{ path: 3 }, "x", null] });
  expect(odd.fieldErrors).toEqual({});
});

test("an answer that is not Concord's still becomes a sentence", async () => {
  expect((await problemFrom(answer("<h1>Bad gateway</h1>", 502))).message).toMatch(/try again/i);
  expect((await problemFrom(answer("", 418))).status).toBe(418);
});

test("allauth's errors and open steps are read too", async () => {
  const refused = await problemFrom(answer({ status: 400, errors: [{ message: "Wrong.", code: "email_password_mismatch" }] }, 400));
  expect([refused.code, refused.message]).toEqual(["email_password_mismatch", "Wrong."]);
  const short = await problemFrom(
    answer({ status: 400, errors: [{ message: "At least 12 characters.", code: "password_too_short", param: "new_password" }] }, 400),
  );
  expect(short.fieldErrors).toEqual({ new_password: "At least 12 characters." });
  const step = await problemFrom(answer({ status: 401, data: { flows: [{ id: "login" }, { id: "mfa_authenticate", is_pending: true }] } }, 401));
  expect(step.code).toBe("mfa_authenticate");
});

test("an error of the page itself never shows its insides", () => {
  expect(sentenceOf(new TypeError("undefined is not a function"))).not.toContain("undefined");
  expect(sentenceOf(new ApiProblem({ title: "t", status: 400, code: "c", detail: "Say so." }))).toBe("Say so.");
});
