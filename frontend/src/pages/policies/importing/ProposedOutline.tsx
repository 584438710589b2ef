import { Checkbox } from "@mantine/core";
import { IconAlertCircle } from "@tabler/icons-react";
import { useEffect, useRef } from "react";
import { plural } from "@/ui";
import { type Arrangement, depthOf, keyProblem, type Proposed, shownOf } from "./arranging";
import classes from "./importing.module.css";

/** The proposed clauses in reading order: each is brought in or left out, and opened to be looked at. */
export function ProposedOutline({
  arrangement,
  openId,
  onOpen,
  onChoose,
}: {
  arrangement: Arrangement;
  openId: string;
  onOpen: (id: string) => void;
  onChoose: (clause: Proposed, isChosen: boolean) => void;
}) {
  const shown = shownOf(arrangement);
  const here = useRef<HTMLLIElement>(null);
  useEffect(() => {
    // Newer browsers answer with a promise, which an effect must not.
    here.current?.scrollIntoView({ block: "nearest" });
  }, [openId]);
  return (
    <nav className={classes.outline} aria-label="Proposed clauses">
      <p className={classes.caption}>{plural(shown.length, "clause")} found</p>
      <ol className={classes.list}>
        {shown.map((clause) => (
          <li
            key={clause.id}
            ref={clause.id === openId ? here : undefined}
            className={classes.row}
            data-open={clause.id === openId || undefined}
            data-out={!clause.isChosen || undefined}
            style={{ paddingInlineStart: 10 + depthOf(arrangement, clause) * 16 }}
          >
            <Checkbox
              size="xs"
              checked={clause.isChosen}
              aria-label={`Bring in ${clause.document.title}`}
              onChange={(event) => onChoose(clause, event.currentTarget.checked)}
            />
            <button
              type="button"
              className={classes.entry}
              aria-current={clause.id === openId || undefined}
              onClick={() => onOpen(clause.id)}
            >
              <span className={classes.entryTitle} dir="auto">
                {clause.document.title}
              </span>
              <span className={classes.faint}>{clause.isChosen ? <code>{clause.key}</code> : "left out"}</span>
            </button>
            {clause.isChosen && (clause.problems.length > 0 || keyProblem(arrangement, clause) !== null) && (
              <IconAlertCircle
                size={16}
                className={classes.sign}
                aria-label={`${plural(clause.problems.length, "thing")} missing`}
              />
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}
