import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { isProblem, sentenceOf } from "@/api/problem";
import { announce, Kbd, useShortcuts } from "@/ui";
import { bound, type Deed, keyOf } from "@/work/keyTables";
import { reasonCommand } from "@/work/review/commands";
import { ReasonFields, WORDS_FIELD } from "@/work/review/ReasonFields";
import { lacksWords } from "@/work/review/words";
import { answerWords } from "../comparisons/wording";
import type { AxisAnswer } from "../compare/judgment";
import { pairDecidingCommands } from "./commands";
import { adjudicateAxis, type PairReason, reasons, type ReviewedAxis } from "./reading";
import { stepDeeds } from "./stepDeeds";
import shared from "@/work/review/Review.module.css";

const ROOM = "pair-deciding";

/** The reviewer's decision of an axis: what holds, why people disagreed, and words where they are needed. */
export function DecidingForm({
  comparisonId,
  axis,
  decided,
  onDecide,
  seenDecisionId,
  onDecided,
}: {
  comparisonId: string;
  axis: ReviewedAxis;
  decided: AxisAnswer | null;
  onDecide: (answer: AxisAnswer) => void;
  seenDecisionId: string | null;
  onDecided: () => void;
}) {
  const queries = useQueryClient();
  const [code, setCode] = useState<PairReason | null>(null);
  const [words, setWords] = useState("");
  const [isChecked, setChecked] = useState(false);
  const decide = useMutation({
    mutationFn: (made: { answer: AxisAnswer; code: PairReason }) =>
      adjudicateAxis(comparisonId, {
        axis,
        choice: made.answer.choice,
        value: made.answer.value,
        reasonCode: made.code,
        reason: words,
        seenDecisionId,
      }),
    onSuccess: () => {
      announce("Decision recorded.");
      onDecided();
    },
    onError: (error) => {
      if (isProblem(error, "decision_changed")) void queries.invalidateQueries({ queryKey: ["comparison-review", comparisonId] });
    },
  });
  const submit = (): void => {
    setChecked(true);
    if (decided === null || code === null) return;
    if (lacksWords(reasons, code, words)) {
      document.getElementById(WORDS_FIELD)?.focus();
      return;
    }
    if (!decide.isPending) decide.mutate({ answer: decided, code });
  };
  useShortcuts(
    bound(pairDecidingCommands, {
      ...stepDeeds(ROOM, onDecide),
      ...Object.fromEntries(reasons.map(({ code: known }): [string, Deed] => [reasonCommand(ROOM, known), { run: () => setCode(known) }])),
      [`${ROOM}.words`]: () => document.getElementById(WORDS_FIELD)?.focus(),
      [`${ROOM}.send`]: submit,
    }),
  );
  return (
    <form
      className={shared.form}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <h3 className={shared.formTitle}>Decide</h3>
      <p className={shared.said} role="status">
        {decided === null ? "Choose on the scale what holds." : <strong>{answerWords({ clause_key: axis.key, ...decided })}</strong>}
      </p>
      {isChecked && decided === null && (
        <p className={shared.problem} role="alert">
          Say what holds on this axis.
        </p>
      )}
      <ReasonFields
        room={ROOM}
        table={pairDecidingCommands}
        reasons={reasons}
        code={code}
        onCode={setCode}
        words={words}
        onWords={setWords}
        isChecked={isChecked}
      />
      {decide.isError && (
        <p className={shared.problem} role="alert">
          {sentenceOf(decide.error)}
        </p>
      )}
      <Button className={shared.send} type="submit" loading={decide.isPending} rightSection={<Kbd {...keyOf(pairDecidingCommands, `${ROOM}.send`)} quiet />}>
        Record the decision
      </Button>
    </form>
  );
}
