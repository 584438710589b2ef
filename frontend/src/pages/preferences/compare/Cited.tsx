import { Kbd } from "@/ui";
import { type Position, positionNames } from "./bundle";
import { clausesOf, keys } from "./commands";
import type { DeskModel } from "./Desk";
import { severitiesOf, withClause, withSeverity } from "./judgment";
import classes from "./ResponseCard.module.css";

/** Which clauses a response breaks, and how badly. */
export function Cited({ position, model }: { position: Position; model: DeskModel }) {
  const { bundle, judgment, change } = model;
  const { clauseKeys, severity } = judgment.opinions[position];
  const severities = severitiesOf(clauseKeys, bundle.clauses);
  if (bundle.clauses.length === 0) return null;
  const name = positionNames[position];
  return (
    <div className={classes.cited} id={clausesOf(position)}>
      <span className={classes.citedLabel}>
        Breaks <Kbd keys={keys.clauses[position]} quiet />
      </span>
      <div className={classes.chips} role="group" aria-label={`Clauses the ${name.toLowerCase()} response breaks`}>
        {bundle.clauses.map((clause) => (
          <button
            key={clause.key}
            type="button"
            className={classes.chip}
            aria-pressed={clauseKeys.includes(clause.key)}
            onClick={() => change(withClause(judgment, position, clause.key, bundle.clauses))}
          >
            {clause.title}
          </button>
        ))}
      </div>
      {severities.length > 0 && (
        <>
          <span className={classes.citedLabel}>Severity</span>
          <div className={classes.chips} role="group" aria-label={`Severity of the ${name.toLowerCase()} response`}>
            {severities.map(({ value, label }) => (
              <button
                key={value}
                type="button"
                className={classes.chip}
                aria-pressed={severity === value}
                onClick={() => change(withSeverity(judgment, position, severity === value ? null : value))}
              >
                {label}
              </button>
            ))}
          </div>
        </>
      )}
    </div>
  );
}
