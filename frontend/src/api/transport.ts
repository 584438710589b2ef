import { csrfToken, isWrite } from "./csrf";
import { NoAnswerError, problemFrom } from "./problem";

/** Listeners for "the session is over": the app shows the sign-in page and keeps local drafts. */
type SignedOutListener = () => void;
const signedOutListeners = new Set<SignedOutListener>();

export function onSignedOut(listener: SignedOutListener): () => void {
  signedOutListeners.add(listener);
  return () => signedOutListeners.delete(listener);
}

/**
 * The one way out to the server: adds the CSRF header, turns refusals into ApiProblem
 * and silence into NoAnswerError.
 */
export async function transport(request: Request): Promise<Response> {
  const headers = new Headers(request.headers);
  headers.set("Accept", "application/json");
  if (isWrite(request.method)) {
    const token = csrfToken();
    if (token !== null) headers.set("X-CSRFToken", token);
  }
  let response: Response;
  try {
    response = await fetch(new Request(request, { headers, credentials: "same-origin" }));
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new NoAnswerError();
  }
  if (response.ok) return response;
  if (response.status === 401 && new URL(request.url).pathname.startsWith("/api/")) {
    signedOutListeners.forEach((listener) => listener());
  }
  throw await problemFrom(response);
}

/** For what the generated client does not cover: allauth's own API, uploads, files. */
export async function send(
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE",
  path: string,
  body?: object,
  options: { signal?: AbortSignal } = {},
): Promise<unknown> {
  const isForm = body instanceof FormData;
  const response = await transport(
    new Request(new URL(path, window.location.origin), {
      method,
      headers: body === undefined || isForm ? {} : { "Content-Type": "application/json" },
      body: body === undefined ? null : isForm ? body : JSON.stringify(body),
      signal: options.signal ?? null,
    }),
  );
  if (response.status === 204) return undefined;
  const text = await response.text();
  return text === "" ? undefined : (JSON.parse(text) as unknown);
}
