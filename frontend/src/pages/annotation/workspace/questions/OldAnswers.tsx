import { IconHistory } from "@tabler/icons-react";
import { AppLink } from "@/ui";
import type { Clause, LabelBundle } from "../bundle";
import classes from "./questions.module.css";

/** In a campaign: what was answered before the rule changed, and where the change can be read. */
export function OldAnswers({ bundle, clause }: { bundle: LabelBundle; clause: Clause }) {
  const { campaign } = bundle;
  const old = campaign?.old_answers?.filter((given) => given.clause_key === clause.key) ?? [];
  if (campaign === null || old.length === 0) return null;
  return (
    <div className={classes.old}>
      <IconHistory size={15} aria-hidden />
      <div>
        <p className={classes.oldTitle}>
          Answered before this rule changed
          {campaign.release_id !== undefined && (
            <>
              {" · "}
              <AppLink to={`/p/${bundle.task.project_id}/releases/${campaign.release_id}`}>see the rule</AppLink>
            </>
          )}
        </p>
        {old.map((given, index) => (
          <p key={index} className={classes.oldAnswer}>
            <strong>{labelOf(clause, given.answer)}</strong>
            {given.severity !== undefined && ` · ${severityOf(clause, given.severity)}`}
            {given.reason !== undefined && given.reason !== "" && <q>{given.reason}</q>}
          </p>
        ))}
      </div>
    </div>
  );
}

function labelOf(clause: Clause, value: string | undefined): string {
  return clause.answers.find((answer) => answer.value === value)?.label ?? value ?? "No answer";
}

function severityOf(clause: Clause, value: number): string {
  return clause.severities.find((step) => step.value === value)?.label ?? String(value);
}
