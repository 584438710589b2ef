import { useInfiniteQuery } from "@tanstack/react-query";
import { useMemo } from "react";

/** One page of a list as every list address of Concord answers it. */
export interface Page<T> {
  readonly results: readonly T[];
  readonly next: string | null;
  readonly previous?: string | null;
}

/** A list in the making: its rows so far, and how to get more. */
export interface PagedQuery<T> {
  readonly rows: readonly T[];
  readonly error: Error | null;
  readonly isPending: boolean;
  readonly isSuccess: boolean;
  readonly isFetching: boolean;
  readonly hasNextPage: boolean;
  readonly isFetchingNextPage: boolean;
  readonly fetchNextPage: () => Promise<unknown>;
  readonly refetch: () => Promise<unknown>;
}

/** The cursor inside the `next` address of a page. */
export function cursorOf(next: string | null): string | null {
  if (next === null) return null;
  try {
    return new URL(next, window.location.origin).searchParams.get("cursor");
  } catch {
    return null;
  }
}

/**
 * A list that grows page by page. `read` gets the cursor (null for the first page):
 * `usePages(["members", id], (cursor) => taken(api.GET("/api/…", { params: { query: { cursor } } })))`.
 */
export function usePages<T>(
  key: readonly unknown[],
  read: (cursor: string | undefined) => Promise<Page<T>>,
  options: { enabled?: boolean; refetchInterval?: number | false } = {},
): PagedQuery<T> {
  const query = useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam }) => read(pageParam ?? undefined),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => cursorOf(page.next),
    ...options,
  });
  const rows = useMemo(() => query.data?.pages.flatMap((page) => page.results) ?? [], [query.data]);
  const { error, isPending, isSuccess, isFetching, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = query;
  return { rows, error, isPending, isSuccess, isFetching, hasNextPage, isFetchingNextPage, fetchNextPage, refetch };
}
