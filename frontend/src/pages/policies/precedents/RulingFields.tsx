import { CloseButton, Radio, Textarea } from "@mantine/core";
import type { PostAnswers } from "@/pages/annotation/review/reading";
import { plural } from "@/ui";
import type { Clause } from "../shapes";
import classes from "./Precedents.module.css";

/** A ruling on one question in the making. */
export interface RulingDraft {
  readonly clauseKey: string;
  readonly answer: string | null;
  readonly severity: number | null;
  readonly reason: string;
}

export function emptyRuling(clauseKey: string): RulingDraft {
  return { clauseKey, answer: null, severity: null, reason: "" };
}

/** Whether nothing is missing that the server would ask for. */
export function isRuled(draft: RulingDraft, clause: Clause | undefined): boolean {
  if (clause === undefined || draft.answer === null || draft.reason.trim() === "") return false;
  return !needsSeverity(draft, clause) || draft.severity !== null;
}

function needsSeverity(draft: RulingDraft, { document }: Clause): boolean {
  return isHarmful(draft, document.answers) && document.requires.severity && document.severities.length > 0;
}

function isHarmful(draft: RulingDraft, answers: Clause["document"]["answers"]): boolean {
  return answers.some((answer) => answer.value === draft.answer && answer.harmful);
}

/** Answer, severity and reason for one question, with what people answered it before. */
export function RulingFields({
  clause,
  draft,
  answers,
  problemAt,
  onChange,
  onRemove,
}: {
  clause: Clause;
  draft: RulingDraft;
  answers: PostAnswers;
  problemAt: (field: "answer" | "severity" | "reason") => string | undefined;
  onChange: (change: Partial<RulingDraft>) => void;
  onRemove: (() => void) | undefined;
}) {
  const { document } = clause;
  const { severities } = document;
  return (
    <section className={classes.clause} aria-label={document.title}>
      <div className={classes.clauseHead}>
        <div>
          <p className={classes.question} dir="auto">
            {document.question === "" ? document.title : document.question}
          </p>
          <p className={classes.given}>{givenWords(answers, clause)}</p>
        </div>
        {onRemove !== undefined && <CloseButton aria-label={`Do not rule on ${document.title}`} onClick={onRemove} />}
      </div>
      <div className={classes.fields}>
        <Radio.Group label="Answer" value={draft.answer} onChange={(answer) => onChange({ answer, severity: null })} error={problemAt("answer")}>
          <div className={classes.choices}>
            {document.answers.map((answer) => (
              <Radio key={answer.value} value={answer.value} label={answer.label} />
            ))}
          </div>
        </Radio.Group>
        {severities.length > 0 && isHarmful(draft, document.answers) && (
          <Radio.Group
            label="Severity"
            value={draft.severity === null ? null : String(draft.severity)}
            onChange={(severity) => onChange({ severity: Number(severity) })}
            error={problemAt("severity")}
          >
            <div className={classes.choices}>
              {severities.map((step) => (
                <Radio key={step.value} value={String(step.value)} label={step.label} />
              ))}
            </div>
          </Radio.Group>
        )}
        <Textarea
          label="Why"
          description="In words that hold for other posts, too, and name nobody in this one."
          autosize
          minRows={3}
          maxLength={4000}
          error={problemAt("reason")}
          value={draft.reason}
          onChange={(event) => onChange({ reason: event.currentTarget.value })}
        />
      </div>
    </section>
  );
}

/** "3 answers: 2 Yes, 1 No. Undecided." */
function givenWords(answers: PostAnswers, clause: Clause): string {
  const isMeant = (row: { clause_key: string; meaning_revision: number }): boolean =>
    row.clause_key === clause.key && row.meaning_revision === clause.meaning_revision;
  const labelOf = (value: string): string => clause.document.answers.find((answer) => answer.value === value)?.label ?? value;
  const said = answers.submissions.filter(({ counts }) => counts).flatMap(({ verdicts }) => verdicts.filter(isMeant));
  const counts = new Map<string, number>();
  for (const { answer } of said) counts.set(answer, (counts.get(answer) ?? 0) + 1);
  const decision = answers.decisions.find((row) => row.is_current && isMeant(row));
  const split = [...counts].map(([value, times]) => `${times} ${labelOf(value)}`).join(", ");
  const people = said.length === 0 ? "Nobody has answered it." : `${plural(said.length, "answer")}: ${split}.`;
  if (decision === undefined) return people;
  return `${people} ${decision.answer === null ? "Undecided." : `Decided: ${labelOf(decision.answer)} (${decision.method}).`}`;
}
