import { Button } from "@mantine/core";
import { useEffect, useRef } from "react";
import { percent, plural } from "@/ui";
import { MethodBadge } from "./MethodBadge";
import type { Disagreement } from "./reading";
import classes from "./ReviewRoom.module.css";

/** The cases, least agreed first. */
export function DisagreementList({
  rows,
  currentId,
  onChoose,
  hasMore,
  onMore,
}: {
  rows: readonly Disagreement[];
  currentId: string;
  onChoose: (id: string) => void;
  hasMore: boolean;
  onMore: () => void;
}) {
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    list.current?.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest", behavior: "instant" });
  }, [currentId]);
  return (
    <nav className={classes.list} aria-label="Cases">
      <ul ref={list}>
        {rows.map((row) => (
          <li key={row.decision_id}>
            <button
              type="button"
              className={classes.case}
              aria-current={row.decision_id === currentId || undefined}
              onClick={() => onChoose(row.decision_id)}
            >
              <span className={classes.caseName}>{row.external_id}</span>
              <span className={classes.caseClause}>{row.clause_key}</span>
              <span className={classes.caseFoot}>
                <MethodBadge method={row.method} />
                {plural(row.votes, "answer")}, {percent(row.confidence, 0)} on one
              </span>
            </button>
          </li>
        ))}
      </ul>
      {hasMore && (
        <Button variant="subtle" size="xs" fullWidth onClick={onMore}>
          Load more
        </Button>
      )}
    </nav>
  );
}
