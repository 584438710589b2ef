import { percent, Time } from "@/ui";
import { MethodBadge } from "@/work/review/MethodBadge";
import shared from "@/work/review/Review.module.css";
import { outcomeWords } from "../comparisons/wording";
import { type PairDecision, reasons, type ReviewedAxis } from "./reading";

/** Every decision of an axis there was; none is ever overwritten. */
export function PairHistory({
  axis,
  decisions,
  names = ["A", "B"],
}: {
  axis: ReviewedAxis;
  decisions: readonly PairDecision[];
  /** What the two are called here. */
  names?: readonly [string, string];
}) {
  const rows = decisions.filter((row) => row.clause_key === axis.key && row.meaning_revision === axis.meaning_revision);
  if (rows.length === 0) return null;
  return (
    <section className={shared.history}>
      <h3 className={shared.formTitle}>Decisions so far</h3>
      <ol>
        {rows.map((row) => (
          <li key={row.id} data-current={row.is_current || undefined}>
            <p className={shared.said}>
              <MethodBadge method={row.method} />
              {row.outcome !== "none" && <strong>{row.outcome === "a" ? names[0] : row.outcome === "b" ? names[1] : outcomeWords(row.outcome)}</strong>}
              <span className={shared.soft}>
                {row.decided_by === null ? `${percent(row.agreement, 0)} agree` : row.decided_by.pseudonym}, <Time at={row.created_at} />
              </span>
            </p>
            {row.reason_code !== "" && (
              <p className={shared.reason} dir="auto">
                {reasons.find(({ code }) => code === row.reason_code)?.label ?? row.reason_code}
                {row.reason !== "" && `: ${row.reason}`}
              </p>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}
