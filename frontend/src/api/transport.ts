import { begunAnswer } from "./begun";
import { NoAnswerError, problemFrom } from "./problem";
import { fetched, type Method, requestOf } from "./requests";

/** Listeners for "the session is over": the app shows the sign-in page and keeps local drafts. */
type SignedOutListener = () => void;
const signedOutListeners = new Set<SignedOutListener>();

export function onSignedOut(listener: SignedOutListener): () => void {
  signedOutListeners.add(listener);
  return () => signedOutListeners.delete(listener);
}

/**
 * The one way out to the server: adds the CSRF header, turns refusals into ApiProblem
 * and silence into NoAnswerError. What was begun before the app was there is not asked again.
 */
export async function transport(request: Request, body?: object): Promise<Response> {
  const { pathname, search } = new URL(request.url);
  const begun = begunAnswer(request.method, pathname + search, body);
  const early = begun === null ? null : await begun;
  if (early !== null) return early;
  let response: Response;
  try {
    response = await fetched(request);
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new NoAnswerError();
  }
  if (response.ok) return response;
  if (response.status === 401 && pathname.startsWith("/api/")) {
    signedOutListeners.forEach((listener) => listener());
  }
  throw await problemFrom(response);
}

/** For what the generated client does not cover: allauth's own API, uploads, files. */
export async function send(
  method: Method,
  path: string,
  body?: object,
  options: { signal?: AbortSignal; /** Sent to its end even when the page leaves. */ keepalive?: boolean } = {},
): Promise<unknown> {
  const response = await transport(requestOf(method, path, body, options), body);
  if (response.status === 204) return undefined;
  const text = await response.text();
  return text === "" ? undefined : (JSON.parse(text) as unknown);
}
