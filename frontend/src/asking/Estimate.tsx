import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { FormProblem } from "@/ui";
import classes from "./asking.module.css";

interface Props<Plan> {
  estimate: UseQueryResult<Plan>;
  /** What stands there until it is counted. */
  waiting: string;
  children: (plan: Plan) => ReactNode;
}

/** What asking would take, said before anything is sent, and again as the choice changes. */
export function Estimate<Plan>({ estimate, waiting, children }: Props<Plan>) {
  if (estimate.error !== null) return <FormProblem error={estimate.error} />;
  return (
    <div className={classes.plan} aria-live="polite" aria-busy={estimate.isFetching}>
      {estimate.data === undefined ? <p className={classes.soft}>{waiting}</p> : children(estimate.data)}
    </div>
  );
}
