import { Button } from "@mantine/core";
import { useEffect, useRef } from "react";
import { percent } from "@/ui";
import type { Suspect } from "../queries";
import classes from "./SuspectRoom.module.css";

/** What still waits, the most suspicious first. */
export function SuspectList({
  rows,
  currentId,
  labelOf,
  onChoose,
  onMore,
}: {
  rows: readonly Suspect[];
  currentId: string;
  labelOf: (suspect: Suspect, value: string) => string;
  onChoose: (id: string) => void;
  onMore: (() => void) | null;
}) {
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    list.current?.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest", behavior: "instant" });
  }, [currentId]);
  return (
    <nav className={classes.list} aria-label="Suspects to review">
      <ul ref={list}>
        {rows.map((row) => (
          <li key={row.id}>
            <button
              type="button"
              className={classes.row}
              aria-current={row.id === currentId || undefined}
              onClick={() => onChoose(row.id)}
            >
              <span className={classes.rowName}>{row.external_id}</span>
              <span className={classes.rowClause}>{row.clause_key}</span>
              <span className={classes.rowFoot}>
                {labelOf(row, row.given)}, rather {labelOf(row, row.likely)} ({percent(row.why.likely_probability, 0)})
              </span>
            </button>
          </li>
        ))}
      </ul>
      {onMore !== null && (
        <Button variant="subtle" size="xs" fullWidth onClick={onMore}>
          Load more
        </Button>
      )}
    </nav>
  );
}
