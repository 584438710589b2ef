import type { DataTag, QueryClient, QueryKey } from "@tanstack/react-query";

/**
 * Show what the server answered to a change.
 *
 * What was asked for before the change tells how things stood before it: it is not waited for, or it would put the
 * old state back.
 */
export async function showAnswer<Key extends QueryKey, Data>(
  queries: QueryClient,
  queryKey: DataTag<Key, Data>,
  answer: Data,
): Promise<void> {
  await queries.cancelQueries({ queryKey, exact: true });
  queries.setQueryData<Data>(queryKey, answer);
}
