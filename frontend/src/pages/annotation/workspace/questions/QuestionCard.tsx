import { Button, Textarea } from "@mantine/core";
import { IconBook2, IconGavel } from "@tabler/icons-react";
import { isHarmful, type Missing } from "@/editor/labelDocument";
import { verdictOf } from "@/editor/records";
import { choose, confidenceWords, REASON_FIELD, setConfidence, setReason, setSeverity } from "../answering";
import type { Clause } from "../bundle";
import { useRecords, useWorkspace } from "../context";
import { KeyOf } from "../keyHints";
import { OldAnswers } from "./OldAnswers";
import { SuggestedHere } from "../suggestions/SuggestedHere";
import { ChoiceRow, ShiftHint } from "@/work/ChoiceRow";
import { EvidenceList } from "./EvidenceList";
import classes from "./questions.module.css";

/** The question being answered, with everything its answer can bring along. */
export function QuestionCard({
  clause,
  missing,
  isChecked,
}: {
  clause: Clause;
  missing: readonly Missing[];
  /** Whether the person has tried to submit: before that, what is needed is said without alarm. */
  isChecked: boolean;
}) {
  const workspace = useWorkspace();
  const { bundle, store } = workspace;
  const verdict = verdictOf(useRecords(store), clause.key);
  const needsMore = verdict.answer !== null && isHarmful(clause, verdict.answer);
  const cited = verdict.precedents?.length ?? 0;
  const lacks = (what: Missing["lack"]): string | undefined =>
    isChecked ? missing.find(({ lack }) => lack === what)?.sentence : undefined;
  return (
    <div className={classes.card}>
      <p className={classes.question} dir="auto" lang={languageOf(clause)}>
        {clause.question}
      </p>
      {clause.inLanguage?.isOlder === true && (
        <p className={classes.hint}>This wording is older than the rule, which counts.</p>
      )}
      <OldAnswers bundle={bundle} clause={clause} />
      <SuggestedHere clause={clause} />
      <ChoiceRow
        label={clause.question}
        options={clause.answers.map(({ value, label }, index) => ({ value, label, keys: String(index + 1), command: `label.answer-${index + 1}` }))}
        value={verdict.answer}
        isLarge
        problem={verdict.answer === null ? lacks("answer") : undefined}
        onChoose={(value) => choose(workspace, clause, value)}
      />
      {clause.severities.length > 0 && (needsMore || verdict.severity !== null) && (
        <ChoiceRow
          label="Severity"
          isNeeded={clause.requires.severity}
          isLabelShown
          options={clause.severities.map(({ value, label }, index) => ({ value, label, keys: String(index + 1), command: `label.severity-${index + 1}` }))}
          hint={<ShiftHint />}
          value={verdict.severity}
          problem={lacks("severity")}
          onChoose={(value) => setSeverity(store, clause, value === verdict.severity ? null : value)}
        />
      )}
      {clause.evidence_kinds.length > 0 && verdict.answer !== null && (
        <EvidenceList clause={clause} isNeeded={needsMore && clause.requires.evidence} problem={lacks("evidence")} />
      )}
      {verdict.answer !== null && (
        <>
          <ChoiceRow
            label="How sure are you"
            isLabelShown
            hint={<KeyOf command="label.confidence" />}
            options={[0.25, 0.5, 0.75, 1].map((value) => ({ value, label: confidenceWords[value] ?? "" }))}
            value={verdict.confidence}
            onChoose={(value) => setConfidence(store, clause, value === verdict.confidence ? null : value)}
          />
          <Textarea
            id={REASON_FIELD}
            label={
              <span className={classes.fieldLabel}>
                Reason
                <span className={classes.needed}>{clause.requires.reason && needsMore ? "needed" : "if it helps"}</span>
                <KeyOf command="label.reason" />
              </span>
            }
            value={verdict.reason}
            error={lacks("reason")}
            maxLength={4000}
            maxRows={8}
            onChange={(event) => setReason(store, clause, event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key === "Escape") event.currentTarget.blur();
            }}
          />
        </>
      )}
      <div className={classes.cardFoot}>
        <Button
          variant="subtle"
          color="gray"
          size="xs"
          leftSection={<IconBook2 size={15} aria-hidden />}
          rightSection={<KeyOf command="label.rule" />}
          onClick={() => workspace.setGuideOpen(!workspace.isGuideOpen)}
        >
          {workspace.isGuideOpen ? "Close the rule" : "Read the rule"}
        </Button>
        {workspace.rulings !== undefined && (
          <Button
            variant="subtle"
            color="gray"
            size="xs"
            leftSection={<IconGavel size={15} aria-hidden />}
            rightSection={<KeyOf command="label.rulings" />}
            onClick={() => workspace.rulings?.setOpen(!workspace.rulings.isOpen)}
          >
            {workspace.rulings.isOpen ? "Close the rulings" : cited === 0 ? "Rulings" : `Rulings (${cited} cited)`}
          </Button>
        )}
      </div>
    </div>
  );
}

/** The language the question is shown in, where it is known. */
function languageOf({ inLanguage }: Clause): string | undefined {
  if (inLanguage === undefined) return undefined;
  const shown = inLanguage.language === "" ? inLanguage.source : inLanguage.language;
  return shown === "" ? undefined : shown;
}
