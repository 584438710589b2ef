import { IconHistory } from "@tabler/icons-react";
import { plural } from "@/ui";
import type { Position } from "./bundle";
import type { DeskModel } from "./model";
import classes from "./ResponseCard.module.css";

/** What was held of a response before the rule changed: the clauses it broke, and on an axis how good it was. */
export function OldWords({ position, model }: { position: Position; model: DeskModel }) {
  const said = oldWords(position, model);
  if (said.length === 0) return null;
  return (
    <p className={classes.old}>
      <IconHistory size={15} aria-hidden />
      <span>Before the rule changed: {said.join("; ")}</span>
    </p>
  );
}

/** The same as sentences' parts: "Weapons, High, cited by one person". */
export function oldWords(position: Position, { bundle, oldCitations, oldRatings }: DeskModel): readonly string[] {
  const ratings = oldRatings
    .filter((old) => old.position === position)
    .map(({ clause_key, value }) => `${bundle.axes.find(({ key }) => key === clause_key)?.title ?? clause_key} ${Number(value.toFixed(1))}`);
  const citations = oldCitations
    .filter((old) => old.position === position)
    .map(({ clause_key, severity, cited_by }) => {
      const clause = bundle.clauses.find(({ key }) => key === clause_key);
      const step = clause?.severities.find(({ value }) => value === severity)?.label;
      return [`breaks ${clause?.title ?? clause_key}`, ...(step === undefined ? [] : [step]), cited_by === 1 ? "said one person" : `said ${plural(cited_by, "person", "people")}`].join(", ");
    });
  return [...ratings, ...citations];
}
