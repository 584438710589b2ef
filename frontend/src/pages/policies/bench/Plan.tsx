import { type Limits, moneyWords } from "@/asking";
import { count, plural } from "@/ui";
import classes from "./bench.module.css";
import { shareWithin } from "./limits";
import type { BenchPlan } from "./queries";
import { secondsWords } from "./words";

/** What a trial would ask and cost, said before anything is sent. */
export function Plan({ plan, limits }: { plan: BenchPlan; limits: Limits }) {
  const posts = plan.clauses.reduce((sum, clause) => sum + Object.values(clause.posts).reduce((a, b) => a + b, 0), 0);
  const missing = plan.clauses.filter((clause) => clause.calls === 0);
  const share = shareWithin(plan, limits);
  return (
    <>
      <p>
        <strong>{plural(plan.calls, "call")}</strong> about {plural(posts, "decided post")}, about{" "}
        <strong>{count(plan.tokens_in + plan.tokens_out)} tokens</strong>
        {plan.cost !== null && (
          <>
            {" "}
            for <strong>{moneyWords(plan.cost)}</strong>
          </>
        )}
        {plan.least_seconds !== null && <>, at least {secondsWords(plan.least_seconds)}</>}.
      </p>
      {plan.calls > 0 && share < 1 && (
        <p className={classes.short}>
          Its limit stops it after about {plural(Math.floor(plan.calls * share), "call")} of {count(plan.calls)}. Every clause gets its share of them.
        </p>
      )}
      <p className={classes.soft}>
        People decided them under {plan.decided_under}. Every answer is tried as often as there are posts for it.
      </p>
      {missing.length > 0 && (
        <p className={classes.soft}>Nothing is decided for {missing.map((clause) => clause.title).join(", ")}.</p>
      )}
    </>
  );
}
