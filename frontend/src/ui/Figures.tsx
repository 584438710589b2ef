import type { ReactNode } from "react";
import classes from "./Figures.module.css";

export interface Figure {
  readonly label: string;
  readonly value: ReactNode;
  /** What the number means, or how it moved. */
  readonly note?: ReactNode;
}

/** A row of numbers worth reading. */
export function Figures({ figures }: { figures: readonly Figure[] }) {
  return (
    <dl className={classes.row}>
      {figures.map((figure) => (
        <div key={figure.label} className={classes.figure}>
          <dt>{figure.label}</dt>
          <dd>{figure.value}</dd>
          {figure.note !== undefined && <dd className={classes.note}>{figure.note}</dd>}
        </div>
      ))}
    </dl>
  );
}

/** Facts about one thing: label on the left, value on the right. */
export function Facts({ facts }: { facts: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl className={classes.facts}>
      {facts.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
