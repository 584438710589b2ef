import { percent, Time } from "@/ui";
import { labelOf } from "./clauseWords";
import { MethodBadge } from "@/work/review/MethodBadge";
import { type AnsweredClause, type PostDecision, reasonWords } from "./reading";
import classes from "@/work/review/Review.module.css";

/** Every decision there was; none is ever overwritten. */
export function DecisionHistory({ clause, decisions }: { clause: AnsweredClause; decisions: readonly PostDecision[] }) {
  if (decisions.length === 0) return null;
  return (
    <section className={classes.history}>
      <h3 className={classes.formTitle}>Decisions so far</h3>
      <ol>
        {decisions.map((decision) => (
          <li key={decision.id} data-current={decision.is_current || undefined}>
            <p className={classes.said}>
              <MethodBadge method={decision.method} />
              {decision.answer !== null && <strong>{labelOf(clause, decision.answer)}</strong>}
              <span className={classes.soft}>
                {decision.decided_by === null ? `${percent(decision.confidence, 0)} of the answers` : decision.decided_by.pseudonym},{" "}
                <Time at={decision.created_at} />
              </span>
            </p>
            {decision.reason_code !== "" && (
              <p className={classes.reason} dir="auto">
                {reasonWords.find((known) => known.code === decision.reason_code)?.label ?? decision.reason_code}
                {decision.reason !== "" && `: ${decision.reason}`}
              </p>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}
