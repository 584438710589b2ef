import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { begin } from "./begun";
import { onSignedOut, send } from "./transport";

const fetched = vi.fn<(request: Request) => Promise<Response>>();

beforeEach(() => {
  fetched.mockImplementation(() => Promise.resolve(new Response('{"count": 1}')));
  vi.stubGlobal("fetch", fetched);
});
afterEach(() => {
  vi.unstubAllGlobals();
  fetched.mockReset();
});

test("what was begun is not asked again, and serves one request only", async () => {
  begin("POST", "/api/things/", { take: 3 });
  expect(await send("POST", "/api/things/", { take: 3 })).toEqual({ count: 1 });
  expect(fetched).toHaveBeenCalledTimes(1);
  await send("POST", "/api/things/", { take: 3 });
  expect(fetched).toHaveBeenCalledTimes(2);
});

test("another request, or the same in other words, is asked by itself", async () => {
  begin("POST", "/api/more/", { take: 3 });
  await send("POST", "/api/more/", { take: 1 });
  await send("GET", "/api/more/");
  expect(fetched).toHaveBeenCalledTimes(3);
});

test("a write that is begun carries the token", async () => {
  document.cookie = "csrftoken=abc";
  begin("POST", "/api/tokens/", {});
  await send("POST", "/api/tokens/", {});
  expect(fetched.mock.calls[0]?.[0].headers.get("X-CSRFToken")).toBe("abc");
});

test("a refusal or a lost answer is asked again by the page, which tells of it", async () => {
  const listener = vi.fn();
  const stop = onSignedOut(listener);
  fetched.mockImplementationOnce(() => Promise.resolve(new Response("{}", { status: 401 })));
  begin("GET", "/api/me/");
  expect(await send("GET", "/api/me/")).toEqual({ count: 1 });
  expect(listener).not.toHaveBeenCalled();
  fetched.mockImplementationOnce(() => Promise.reject(new TypeError("no network")));
  begin("GET", "/api/me/");
  expect(await send("GET", "/api/me/")).toEqual({ count: 1 });
  stop();
});

test("what must not be asked yet is left to the page", async () => {
  begin("POST", "/api/leases/", {}, Promise.resolve(false));
  await send("POST", "/api/leases/", {});
  begin("POST", "/api/leases/", {}, Promise.reject(new Error("The store does not open.")));
  await send("POST", "/api/leases/", {});
  expect(fetched).toHaveBeenCalledTimes(2);
});

test("an answer that lay too long is not used", async () => {
  const now = vi.spyOn(performance, "now");
  begin("GET", "/api/old/");
  now.mockReturnValue(performance.now() + 31_000);
  await send("GET", "/api/old/");
  expect(fetched).toHaveBeenCalledTimes(2);
});
