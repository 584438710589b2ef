import { Button, Textarea } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { isProblem, sentenceOf } from "@/api/problem";
import { announce, Kbd, useProjectId, useShortcuts } from "@/ui";
import { ChoiceRow, ShiftHint } from "../workspace/questions/ChoiceRow";
import { adjudicate, type AnsweredClause, type ReasonCode, reasonWords } from "./reading";
import classes from "./ReviewRoom.module.css";

const WORDS_FIELD = "adjudication-reason";
const reasonKeys = ["q", "w", "e", "r", "t", "y"] as const;

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
  const needsWords = reasonWords.find((known) => known.code === code)?.needsWords === true;

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
    if (needsWords && reason.trim() === "") {
      document.getElementById(WORDS_FIELD)?.focus();
      return;
    }
    if (!decide.isPending) decide.mutate({ answer, code });
  };

  const group = "Deciding";
  useShortcuts([
    ...clause.answers.slice(0, 9).map((option, index) => ({
      id: `review.answer-${index + 1}`,
      label: `Decide: ${option.label}`,
      keys: String(index + 1),
      group,
      run: () => setAnswer(option.value),
    })),
    ...clause.severities.slice(0, 9).map((step, index) => ({
      id: `review.severity-${index + 1}`,
      label: `Severity: ${step.label}`,
      keys: `shift+${index + 1}`,
      group,
      run: () => setSeverity(step.value),
    })),
    ...reasonWords.map(({ code: reasonCode, label }, index) => ({
      id: `review.reason-${reasonCode}`,
      label,
      keys: reasonKeys[index] ?? "",
      group,
      run: () => setCode(reasonCode),
    })),
    { id: "review.words", label: "Write what should be known", keys: "n", group, run: () => document.getElementById(WORDS_FIELD)?.focus() },
    { id: "review.decide", label: "Record the decision", keys: "mod+Enter", group, whileTyping: true, run: submit },
  ]);

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
        options={clause.answers.map(({ value, label }, index) => ({ value, label, keys: String(index + 1) }))}
        value={answer}
        problem={isChecked && answer === null ? "Choose an answer." : undefined}
        onChoose={setAnswer}
      />
      {isHarmful && clause.severities.length > 0 && (
        <ChoiceRow
          label="Severity"
          isLabelShown
          options={clause.severities.map(({ value, label }, index) => ({ value, label, keys: String(index + 1) }))}
          hint={<ShiftHint />}
          value={severity}
          problem={isChecked && needsSeverity && severity === null ? "Choose a severity." : undefined}
          onChoose={setSeverity}
        />
      )}
      <ChoiceRow
        label="Why people disagreed"
        isLabelShown
        options={reasonWords.map(({ code: value, label }, index) => ({ value, label, keys: reasonKeys[index] ?? "" }))}
        value={code}
        problem={isChecked && code === null ? "Say why people disagreed." : undefined}
        onChoose={setCode}
      />
      <Textarea
        id={WORDS_FIELD}
        label={code === "guideline_gap" ? "What the rule leaves open" : `What should be known${needsWords ? "" : " (if it helps)"}`}
        description={code === "guideline_gap" ? "Whoever writes the rule reads this." : undefined}
        value={reason}
        maxLength={4000}
        error={isChecked && needsWords && reason.trim() === "" ? "Say it in a sentence." : undefined}
        onChange={(event) => setReason(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === "Escape") event.currentTarget.blur();
        }}
      />
      {decide.isError && (
        <p className={classes.problem} role="alert">
          {sentenceOf(decide.error)}
        </p>
      )}
      <Button className={classes.send} type="submit" loading={decide.isPending} rightSection={<Kbd keys="mod+Enter" quiet />}>
        Record the decision
      </Button>
    </form>
  );
}
