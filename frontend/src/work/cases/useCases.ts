import { useState } from "react";
import type { PagedQuery } from "@/api/pages";
import { useShortcuts } from "@/ui";
import { bound } from "../keyTables";
import { caseCommands } from "./commands";

/** So few cases from the end of what is loaded, the next page is asked for. */
const LOAD_AHEAD = 5;

export interface Cases<Row> {
  /** What still waits, in the list's order. */
  readonly open: readonly Row[];
  /** What was settled here, the latest first: it can be looked at again, and settled anew. */
  readonly settled: readonly Row[];
  /** The case on the screen; undefined when none waits and none was chosen. */
  readonly current: Row | undefined;
  readonly choose: (id: string) => void;
  /** The case on the screen is done with: it joins the settled ones, and the next that waits takes its place. */
  readonly settle: () => void;
}

/** Cases taken one after the other from a list that grows, with the keys to get about in it. */
export function useCases<Row>(
  pages: PagedQuery<Row>,
  idOf: (row: Row) => string,
  { scope, thing }: { scope: string; thing: string },
): Cases<Row> {
  const [chosen, setChosen] = useState<string | null>(null);
  const [settled, setSettled] = useState<readonly Row[]>([]);
  const settledIds = new Set(settled.map(idOf));
  const open = pages.rows.filter((row) => !settledIds.has(idOf(row)));
  const current = [...open, ...settled].find((row) => idOf(row) === chosen) ?? open[0];
  // From a settled case the way leads to the first that waits.
  const at = current === undefined ? -1 : open.indexOf(current);
  const show = (row: Row | undefined): void => setChosen(row === undefined ? null : idOf(row));
  const loadAhead = (left: number): void => {
    if (left < LOAD_AHEAD && pages.hasNextPage && !pages.isFetchingNextPage) void pages.fetchNextPage();
  };
  const go = (by: number): void => {
    const next = at < 0 ? 0 : Math.min(Math.max(at + by, 0), open.length - 1);
    if (open.length > 0) show(open[next]);
    loadAhead(open.length - 1 - next);
  };
  useShortcuts(bound(caseCommands(scope, thing), { [`${scope}.next`]: () => go(1), [`${scope}.previous`]: () => go(-1) }));
  return {
    open,
    settled,
    current,
    choose: setChosen,
    settle: () => {
      if (current === undefined) return;
      show(open[at + 1] ?? open[at - 1]);
      setSettled((before) => [current, ...before.filter((row) => idOf(row) !== idOf(current))]);
      loadAhead(open.length - 1 - at);
    },
  };
}
