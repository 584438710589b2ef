import { NumberInput } from "@mantine/core";
import type { OfferedClause } from "./queries";
import classes from "./training.module.css";

/** The largest weight the server takes. */
const most = 1000;

/** Whether the server takes this as the weight of a clause. */
export function isWeight(value: number): boolean {
  return Number.isFinite(value) && value >= 0 && value <= most;
}

/** What each clause counts when a reply is checked against the decisions; what is left alone goes by the release. */
export function ClauseWeights({
  clauses,
  asked,
  onChange,
}: {
  clauses: readonly OfferedClause[];
  asked: Readonly<Record<string, number>>;
  onChange: (weights: Readonly<Record<string, number>>) => void;
}) {
  return (
    <fieldset className={classes.weights}>
      <legend>What each clause counts</legend>
      <p className={classes.summary}>
        Being right about a clause counts one more than the decision’s severity, times this. At first it follows from how far the clause’s scale goes.
      </p>
      <div className={classes.pair}>
        {clauses.map((clause) => {
          const weight = asked[clause.key] ?? clause.weight;
          return (
            <NumberInput
              key={clause.key}
              label={clause.title}
              description={clause.worst === null ? "No scale of severities" : `Severity up to ${clause.worst}`}
              min={0}
              max={most}
              step={0.1}
              decimalScale={3}
              clampBehavior="none"
              value={weight}
              error={isWeight(weight) ? undefined : `A weight lies between 0 and ${most}.`}
              onChange={(value) => {
                if (typeof value === "number") onChange({ ...asked, [clause.key]: value });
              }}
            />
          );
        })}
      </div>
    </fieldset>
  );
}
