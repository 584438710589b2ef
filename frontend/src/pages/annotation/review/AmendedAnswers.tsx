import { ChoiceRow } from "@/work/ChoiceRow";
import { type Amended, clauseOf, isHarmful } from "./amending";
import type { GivenAnswers, PostAnswers } from "./reading";
import classes from "@/work/review/Review.module.css";

/** The answers a reviewer puts in place of the author's; the author's marks stay where harm stays. */
export function AmendedAnswers({
  answers,
  submission,
  amended,
  onChange,
}: {
  answers: PostAnswers;
  submission: GivenAnswers;
  amended: Amended;
  onChange: (amended: Amended) => void;
}) {
  return (
    <div className={classes.amended}>
      {submission.verdicts.map((verdict) => {
        const clause = clauseOf(answers, verdict);
        const made = amended[verdict.clause_key];
        if (clause === undefined || made === undefined) return null;
        return (
          <div key={clause.key} className={classes.amendedClause}>
            <ChoiceRow
              label={clause.title}
              isLabelShown
              options={clause.answers.map(({ value, label }) => ({ value, label }))}
              value={made.answer}
              onChoose={(answer) => onChange({ ...amended, [clause.key]: { ...made, answer } })}
            />
            {isHarmful(clause, made.answer) && clause.severities.length > 0 && (
              <ChoiceRow
                label={`${clause.title}: severity`}
                options={clause.severities.map(({ value, label }) => ({ value, label }))}
                value={made.severity}
                onChoose={(severity) => onChange({ ...amended, [clause.key]: { ...made, severity } })}
              />
            )}
          </div>
        );
      })}
      <p className={classes.note}>Marks stay with answers that still say harm.</p>
    </div>
  );
}
