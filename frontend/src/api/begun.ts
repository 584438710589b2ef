import { fetched, type Method, requestOf } from "./requests";

/** An older answer is not used: the page asks anew. */
const GOOD_FOR_MS = 30_000;

interface Begun {
  readonly since: number;
  /** Null when it came to nothing; then the page asks itself, and tells what it is told. */
  readonly answer: Promise<Response | null>;
}

const begun = new Map<string, Begun>();

/**
 * Ask for something before the app is there to ask. Only for what the page of this address is certain to ask by
 * itself, with these very words: its request then finds the answer here and none is sent twice. `ready` says
 * whether to ask at all.
 */
export function begin(method: Method, path: string, body?: object, ready: Promise<boolean> = Promise.resolve(true)): void {
  const asked = async (): Promise<Response | null> => {
    if (!(await ready)) return null;
    const response = await fetched(requestOf(method, path, body));
    if (response.ok) return response;
    // What nobody reads would hold its connection.
    await response.body?.cancel();
    return null;
  };
  begun.set(keyOf(method, path, body), { since: performance.now(), answer: asked().catch(() => null) });
}

/** The answer to exactly this request, once; null when it was not begun. */
export function begunAnswer(method: string, path: string, body?: object): Promise<Response | null> | null {
  const key = keyOf(method, path, body);
  const found = begun.get(key);
  begun.delete(key);
  return found === undefined || performance.now() - found.since > GOOD_FOR_MS ? null : found.answer;
}

function keyOf(method: string, path: string, body?: object): string {
  return `${method} ${path} ${body === undefined ? "" : JSON.stringify(body)}`;
}
