import { afterEach, expect, test, vi } from "vitest";
import { csrfToken } from "./csrf";
import { NoAnswerError } from "./problem";
import { cursorOf } from "./pages";
import { onSignedOut, send } from "./transport";

afterEach(() => {
  vi.unstubAllGlobals();
});

test("writes carry the token from the cookie, reads do not", async () => {
  document.cookie = "csrftoken=abc%3D";
  const fetched = vi.fn<(request: Request) => Promise<Response>>(() => Promise.resolve(new Response("{}", { status: 200 })));
  vi.stubGlobal("fetch", fetched);
  await send("POST", "/api/things/", { a: 1 });
  await send("GET", "/api/things/");
  const [write, read] = fetched.mock.calls.map(([request]) => request);
  expect(write?.headers.get("X-CSRFToken")).toBe("abc=");
  expect(read?.headers.get("X-CSRFToken")).toBeNull();
});

test("silence becomes a sentence of its own", async () => {
  vi.stubGlobal("fetch", () => Promise.reject(new TypeError("failed")));
  await expect(send("GET", "/api/things/")).rejects.toBeInstanceOf(NoAnswerError);
});

test("a session that ended is told to the app", async () => {
  const listener = vi.fn();
  const stop = onSignedOut(listener);
  vi.stubGlobal("fetch", () => Promise.resolve(new Response("{}", { status: 401 })));
  await expect(send("GET", "/api/me/")).rejects.toThrow();
  expect(listener).toHaveBeenCalledOnce();
  stop();
});

test("an empty answer is no value", async () => {
  vi.stubGlobal("fetch", () => Promise.resolve(new Response(null, { status: 204 })));
  expect(await send("DELETE", "/api/things/1/")).toBeUndefined();
});

test("the cookie is found among others, and the cursor inside an address", () => {
  expect(csrfToken("a=1; csrftoken=x; b=2")).toBe("x");
  expect(csrfToken("a=1")).toBeNull();
  expect(cursorOf("http://localhost/api/things/?cursor=abc&page_size=5")).toBe("abc");
  expect(cursorOf(null)).toBeNull();
});
