import { csrfToken, isWrite } from "./csrf";

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** A request to this server, its body written as JSON or left as the form it is. */
export function requestOf(
  method: Method,
  path: string,
  body?: object,
  options: { signal?: AbortSignal; keepalive?: boolean } = {},
): Request {
  const isForm = body instanceof FormData;
  return new Request(new URL(path, window.location.origin), {
    method,
    headers: body === undefined || isForm ? {} : { "Content-Type": "application/json" },
    body: body === undefined ? null : isForm ? body : JSON.stringify(body),
    signal: options.signal ?? null,
    keepalive: options.keepalive ?? false,
  });
}

/** Send it as every request of ours leaves: asking for JSON, a write with Django's token. */
export function fetched(request: Request): Promise<Response> {
  const headers = new Headers(request.headers);
  headers.set("Accept", "application/json");
  if (isWrite(request.method)) {
    const token = csrfToken();
    if (token !== null) headers.set("X-CSRFToken", token);
  }
  return fetch(new Request(request, { headers, credentials: "same-origin" }));
}
