import createClient from "openapi-fetch";
import type { paths } from "./schema";
import { transport } from "./transport";

/**
 * The typed client for /api/. Every refusal throws (ApiProblem, NoAnswerError), so a caller writes
 * `await taken(api.GET("/api/me/"))` and has the data.
 */
export const api = createClient<paths>({
  baseUrl: typeof window === "undefined" ? "http://localhost" : window.location.origin,
  fetch: (request) => transport(request),
});

/** The body of a successful answer. */
export async function taken<T>(answer: Promise<{ data?: T }>): Promise<Exclude<T, undefined>> {
  const { data } = await answer;
  return data as Exclude<T, undefined>;
}
