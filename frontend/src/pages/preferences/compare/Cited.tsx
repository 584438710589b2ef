import type { ReactNode } from "react";
import type { Position } from "./bundle";
import { clausesOf } from "./commands";
import type { DeskModel } from "./model";
import { inSentence, opinionOf, severitiesOf, withClause, withSeverity } from "./judgment";
import classes from "./ResponseCard.module.css";

/** Which clauses a response breaks, and how badly. */
export function Cited({ position, model, keyCap }: { position: Position; model: DeskModel; keyCap: ReactNode }) {
  const { bundle, judgment, change } = model;
  const { clauseKeys, severity } = opinionOf(judgment, position);
  const severities = severitiesOf(clauseKeys, bundle.clauses);
  if (bundle.clauses.length === 0) return null;
  const name = inSentence(model.names[position]);
  return (
    <div className={classes.cited} id={clausesOf(position)}>
      <span className={classes.citedLabel}>
        Breaks {keyCap}
      </span>
      <div className={classes.chips} role="group" aria-label={`Clauses the ${name} response breaks`}>
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
          <div className={classes.chips} role="group" aria-label={`Severity of the ${name} response`}>
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
