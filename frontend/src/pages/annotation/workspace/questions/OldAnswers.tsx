import { IconHistory } from "@tabler/icons-react";
import { useWorkspace } from "../context";
import { KeyOf } from "../keyHints";
import type { Clause, LabelBundle } from "../bundle";
import classes from "./questions.module.css";

/** In a campaign: what was answered before the rule changed, and where the change can be read. */
export function OldAnswers({ bundle, clause }: { bundle: LabelBundle; clause: Clause }) {
  const { setGuideOpen } = useWorkspace();
  const { campaign } = bundle;
  const old = campaign?.old_answers?.filter((given) => given.clause_key === clause.key) ?? [];
  if (campaign === null || old.length === 0) return null;
  return (
    <div className={classes.old}>
      <IconHistory size={15} aria-hidden />
      <div>
        <p className={classes.oldTitle}>
          <span>Answered before this rule changed</span>
          {campaign.against_id !== undefined && (
            <button type="button" className={classes.quietButton} onClick={() => setGuideOpen(true)}>
              See what changed <KeyOf command="label.rule" />
            </button>
          )}
        </p>
        {old.map((given, index) => (
          <p key={index} className={classes.oldAnswer}>
            <strong>{labelOf(clause, given.answer)}</strong>
            {given.by !== undefined && ` · ${byWhom(given.by, given.method)}`}
            {given.severity !== undefined && ` · ${severityOf(clause, given.severity)}`}
            {given.reason !== undefined && given.reason !== "" && <q>{given.reason}</q>}
          </p>
        ))}
      </div>
    </div>
  );
}

/** How a decision came about, in a word or two. */
const methods: Readonly<Record<string, string>> = {
  unanimous: "decided, all agreed",
  majority: "decided by majority",
  weighted: "decided by majority, weighed",
  adjudicated: "decided by a reviewer",
  ruled: "decided by a policy expert",
};

function byWhom(by: "you" | "somebody" | "decision", method: string | undefined): string {
  if (by === "you") return "your answer";
  if (by === "somebody") return "somebody else’s answer";
  return methods[method ?? ""] ?? "decided";
}

function labelOf(clause: Clause, value: string | undefined): string {
  return clause.answers.find((answer) => answer.value === value)?.label ?? value ?? "No answer";
}

function severityOf(clause: Clause, value: number): string {
  return clause.severities.find((step) => step.value === value)?.label ?? String(value);
}
