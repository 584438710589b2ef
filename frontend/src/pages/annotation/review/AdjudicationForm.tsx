import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { isProblem, sentenceOf } from "@/api/problem";
import { announce, Kbd, useProjectId, useShortcuts } from "@/ui";
import { bound, type Deed, keyOf } from "@/work/keyTables";
import { ChoiceRow, ShiftHint } from "@/work/ChoiceRow";
import { reasonCommand } from "@/work/review/commands";
import { ReasonFields, WORDS_FIELD } from "@/work/review/ReasonFields";
import { lacksWords } from "@/work/review/words";
import { decidingCommands } from "./commands";
import { adjudicate, type AnsweredClause, type ReasonCode, reasonWords } from "./reading";
import classes from "@/work/review/Review.module.css";

const answerCommand = (index: number): string => `deciding.answer-${index + 1}`;
const severityCommand = (index: number): string => `deciding.severity-${index + 1}`;

/** The reviewer's decision: an answer, why people disagreed, and words where they are needed. */
export function AdjudicationForm({
  postId,
  releaseId,
  clause,
  seenDecisionId,
  onDecided,
}: {
  postId: string;
  releaseId: string;
  clause: AnsweredClause;
  seenDecisionId: string | null;
  onDecided: () => void;
}) {
  const projectId = useProjectId();
  const queries = useQueryClient();
  const [answer, setAnswer] = useState<string | null>(null);
  const [severity, setSeverity] = useState<number | null>(null);
  const [code, setCode] = useState<ReasonCode | null>(null);
  const [reason, setReason] = useState("");
  const [isChecked, setChecked] = useState(false);
  const isHarmful = clause.answers.some((candidate) => candidate.value === answer && candidate.harmful);
  const needsSeverity = isHarmful && clause.requires.severity && clause.severities.length > 0;

  const decide = useMutation({
    mutationFn: (made: { answer: string; code: ReasonCode }) =>
      adjudicate(postId, {
        releaseId,
        clauseKey: clause.key,
        answer: made.answer,
        severity: isHarmful ? severity : null,
        reasonCode: made.code,
        reason,
        seenDecisionId,
      }),
    onSuccess: () => {
      announce("Decision recorded.");
      void queries.invalidateQueries({ queryKey: ["post-answers", postId] });
      void queries.invalidateQueries({ queryKey: ["agreement", projectId] });
      onDecided();
    },
    onError: (error) => {
      if (isProblem(error, "decision_changed")) void queries.invalidateQueries({ queryKey: ["post-answers", postId] });
    },
  });

  const submit = (): void => {
    setChecked(true);
    if (answer === null || code === null || (needsSeverity && severity === null)) return;
    if (lacksWords(reasonWords, code, reason)) {
      document.getElementById(WORDS_FIELD)?.focus();
      return;
    }
    if (!decide.isPending) decide.mutate({ answer, code });
  };

  const answers = clause.answers.map(
    ({ value, label }, index): [string, Deed] => [answerCommand(index), { label: `Decide: ${label}`, run: () => setAnswer(value) }],
  );
  const severities = clause.severities.map(
    ({ value, label }, index): [string, Deed] => [severityCommand(index), { label: `Severity: ${label}`, run: () => setSeverity(value) }],
  );
  const reasons = reasonWords.map(({ code: known }): [string, Deed] => [reasonCommand("deciding", known), { run: () => setCode(known) }]);
  useShortcuts(
    bound(decidingCommands, {
      ...Object.fromEntries([...answers, ...severities, ...reasons]),
      "deciding.words": () => document.getElementById(WORDS_FIELD)?.focus(),
      "deciding.send": submit,
    }),
  );

  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <h3 className={classes.formTitle}>Decide</h3>
      <ChoiceRow
        label="Answer"
        isLarge
        options={clause.answers.map(({ value, label }, index) => ({ value, label, keys: String(index + 1), command: answerCommand(index) }))}
        value={answer}
        problem={isChecked && answer === null ? "Choose an answer." : undefined}
        onChoose={setAnswer}
      />
      {isHarmful && clause.severities.length > 0 && (
        <ChoiceRow
          label="Severity"
          isLabelShown
          options={clause.severities.map(({ value, label }, index) => ({ value, label, keys: String(index + 1), command: severityCommand(index) }))}
          hint={<ShiftHint />}
          value={severity}
          problem={isChecked && needsSeverity && severity === null ? "Choose a severity." : undefined}
          onChoose={setSeverity}
        />
      )}
      <ReasonFields
        room="deciding"
        table={decidingCommands}
        reasons={reasonWords}
        code={code}
        onCode={setCode}
        words={reason}
        onWords={setReason}
        isChecked={isChecked}
      />
      {decide.isError && (
        <p className={classes.problem} role="alert">
          {sentenceOf(decide.error)}
        </p>
      )}
      <Button className={classes.send} type="submit" loading={decide.isPending} rightSection={<Kbd {...keyOf(decidingCommands, "deciding.send")} quiet />}>
        Record the decision
      </Button>
    </form>
  );
}
