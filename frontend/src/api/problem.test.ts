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
        errors: { roles: ["Choose one."], clauses: [{ key: ["Taken."] }] },
      },
      400,
    ),
  );
  expect(problem.code).toBe("fields");
  expect(problem.requestId).toBe("r-7");
  expect(problem.fieldErrors).toEqual({ roles: "Choose one.", "clauses.0.key": "Taken." });
});

test("an answer that is not Concord's still becomes a sentence", async () => {
  expect((await problemFrom(answer("<h1>Bad gateway</h1>", 502))).message).toMatch(/try again/i);
  expect((await problemFrom(answer("", 418))).status).toBe(418);
});

test("allauth's errors and open steps are read too", async () => {
  const refused = await problemFrom(answer({ status: 400, errors: [{ message: "Wrong.", code: "email_password_mismatch" }] }, 400));
  expect([refused.code, refused.message]).toEqual(["email_password_mismatch", "Wrong."]);
  const step = await problemFrom(answer({ status: 401, data: { flows: [{ id: "login" }, { id: "mfa_authenticate", is_pending: true }] } }, 401));
  expect(step.code).toBe("mfa_authenticate");
});

test("an error of the page itself never shows its insides", () => {
  expect(sentenceOf(new TypeError("undefined is not a function"))).not.toContain("undefined");
  expect(sentenceOf(new ApiProblem({ title: "t", status: 400, code: "c", detail: "Say so." }))).toBe("Say so.");
});
