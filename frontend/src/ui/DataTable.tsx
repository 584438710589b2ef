import { Button } from "@mantine/core";
import { type KeyboardEvent, type ReactNode, useRef } from "react";
import classes from "./DataTable.module.css";
import { ErrorState, LoadingState } from "./states";
import { useOverflowing } from "./useOverflowing";

export interface Column<Row> {
  readonly key: string;
  readonly header: ReactNode;
  readonly render: (row: Row) => ReactNode;
  readonly align?: "start" | "end";
  /** A CSS width; columns without one share what is left. */
  readonly width?: string;
  /** Long text stays on one line and ends in an ellipsis. */
  readonly truncate?: boolean;
}

interface PagedLike {
  readonly error: unknown;
  readonly isPending: boolean;
  readonly hasNextPage: boolean;
  readonly isFetchingNextPage: boolean;
  readonly fetchNextPage: () => unknown;
  readonly refetch: () => unknown;
}

/**
 * The table of every list. With `onOpen`, rows take the focus: arrows (or j and k) move, Enter opens.
 * Give it `query` (from `usePages`) and it draws loading, error and "Show more" too.
 */
export function DataTable<Row>({
  label,
  columns,
  rows,
  rowKey,
  onOpen,
  empty,
  query,
  isSelected,
}: {
  /** What the table lists, for people who hear it. */
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  onOpen?: (row: Row) => void;
  empty?: ReactNode;
  query?: PagedLike;
  isSelected?: (row: Row) => boolean;
}) {
  const body = useRef<HTMLTableSectionElement>(null);
  const [frame, isOverflowing] = useOverflowing<HTMLDivElement>();
  if (query !== undefined && rows.length === 0) {
    if (query.error !== null && query.error !== undefined) return <ErrorState error={query.error} onRetry={query.refetch} />;
    if (query.isPending) return <LoadingState label={`Loading ${label}`} />;
  }
  if (rows.length === 0 && empty !== undefined) return empty;

  function onKeyDown(event: KeyboardEvent<HTMLTableRowElement>, row: Row): void {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Enter") {
      event.preventDefault();
      onOpen?.(row);
      return;
    }
    const step = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const all = [...(body.current?.rows ?? [])];
    all[all.indexOf(event.currentTarget) + step]?.focus();
  }

  return (
    <div className={classes.frame} data-table>
      <div
        ref={frame}
        className={classes.scroll}
        {...(isOverflowing ? { tabIndex: 0, role: "group", "aria-label": `${label}, wider than its frame` } : { tabIndex: -1 })}
      >
        <table className={classes.table} aria-label={label}>
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column.key} scope="col" data-align={column.align} style={{ width: column.width }}>
                  {column.header}
                </th>
              ))}
            </tr>
          </thead>
          <tbody ref={body}>
            {rows.map((row) => (
              <tr
                key={rowKey(row)}
                data-opens={onOpen !== undefined || undefined}
                data-selected={isSelected?.(row) || undefined}
                tabIndex={onOpen === undefined ? undefined : 0}
                onKeyDown={onOpen === undefined ? undefined : (event) => onKeyDown(event, row)}
                onClick={
                  onOpen === undefined
                    ? undefined
                    : (event) => {
                        if (event.target instanceof Element && event.target.closest("a, button, input, label")) return;
                        onOpen(row);
                      }
                }
              >
                {columns.map((column) => (
                  <td key={column.key} data-align={column.align} data-truncate={column.truncate || undefined}>
                    {column.render(row)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {query?.hasNextPage === true && (
        <div className={classes.more}>
          <Button variant="subtle" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            Show more
          </Button>
        </div>
      )}
    </div>
  );
}
