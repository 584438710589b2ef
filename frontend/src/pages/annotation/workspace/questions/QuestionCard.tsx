import { Button, Textarea } from "@mantine/core";
import { IconBook2, IconTrash } from "@tabler/icons-react";
import { isHarmful, type Missing } from "@/editor/labelDocument";
import { evidenceOf, verdictOf } from "@/editor/records";
import { Kbd } from "@/ui";
import {
  answer,
  confidenceWords,
  describeEvidence,
  nextOpen,
  removeEvidence,
  setConfidence,
  setReason,
  setSeverity,
} from "../answering";
import type { Clause } from "../bundle";
import { partOf, useRecords, useWorkspace } from "../context";
import { OldAnswers } from "./OldAnswers";
import { ChoiceRow, ShiftHint } from "./ChoiceRow";
import classes from "./questions.module.css";

export const REASON_FIELD = "reason-of-the-answer";

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
  const lacks = (what: Missing["lack"]): string | undefined =>
    isChecked ? missing.find(({ lack }) => lack === what)?.sentence : undefined;
  return (
    <div className={classes.card}>
      <p className={classes.question}>{clause.question}</p>
      <OldAnswers bundle={bundle} clause={clause} />
      <ChoiceRow
        label={clause.question}
        options={clause.answers.map(({ value, label }, index) => ({ value, label, keys: String(index + 1) }))}
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
          options={clause.severities.map(({ value, label }, index) => ({ value, label, keys: String(index + 1) }))}
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
            hint={<Kbd keys="c" quiet />}
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
                <Kbd keys="e" quiet />
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
          rightSection={<Kbd keys="g" quiet />}
          onClick={() => workspace.setGuideOpen(!workspace.isGuideOpen)}
        >
          {workspace.isGuideOpen ? "Close the rule" : "Read the rule"}
        </Button>
      </div>
    </div>
  );
}

/** Answer, and go on to the next open question when this one needs nothing more. */
export function choose(
  { store, bundle, setActiveKey }: ReturnType<typeof useWorkspace>,
  clause: Clause,
  value: string,
): void {
  const isFirst = verdictOf(store.snapshot(), clause.key).answer === null;
  answer(store, clause, value);
  if (!isFirst || isHarmful(clause, value)) return;
  const next = nextOpen(store, bundle.clauses, clause.key);
  if (next !== null) setActiveKey(next);
}

function EvidenceList({
  clause,
  isNeeded,
  problem,
}: {
  clause: Clause;
  isNeeded: boolean;
  problem: string | undefined;
}) {
  const { bundle, store, selected, select, setActivePart, addEvidence } = useWorkspace();
  const marks = evidenceOf(useRecords(store), clause.key);
  return (
    <section className={classes.evidence} aria-label="Evidence">
      <div className={classes.rowLabel} data-problem={problem !== undefined || undefined}>
        <span>
          Evidence{isNeeded && <span className={classes.needed}> needed</span>}
        </span>
        {clause.evidence_kinds.includes("whole_post") && !marks.some((mark) => mark.data.kind === "whole_post") && (
          <button type="button" className={classes.quietButton} onClick={() => addEvidence({ kind: "whole_post" })}>
            Whole post <Kbd keys="w" quiet />
          </button>
        )}
      </div>
      {marks.length === 0 ? (
        <p className={classes.hint}>{problem ?? howToMark(clause.evidence_kinds)}</p>
      ) : (
        <ul className={classes.marks}>
          {marks.map((mark) => {
            const part = mark.data.kind === "whole_post" ? undefined : partOf(bundle, mark.data.part_id);
            const name = describeEvidence(mark, part?.label ?? "post");
            return (
              <li key={mark.id} className={classes.mark} data-selected={mark.id === selected || undefined}>
                <button
                  type="button"
                  className={classes.markName}
                  aria-pressed={mark.id === selected}
                  onClick={() => {
                    select(mark.id === selected ? null : mark.id);
                    if (part !== undefined) setActivePart(part.id);
                  }}
                >
                  <bdi>{name}</bdi>
                </button>
                <button
                  type="button"
                  className={classes.remove}
                  aria-label={`Delete: ${name}`}
                  onClick={() => removeEvidence(store, mark.id)}
                >
                  <IconTrash size={14} aria-hidden />
                </button>
              </li>
            );
          })}
        </ul>
      )}
    </section>
  );
}

/** How to give evidence, in the words of the kinds this question takes. */
function howToMark(kinds: readonly string[]): string {
  const ways = [
    kinds.includes("box") && "drag a box over a picture",
    kinds.includes("text_span") && "select text",
    kinds.includes("time_range") && "set a time range with I and O",
    kinds.includes("frame") && "mark a frame with F",
    kinds.includes("part") && "cite a whole part with P",
  ].filter((way): way is string => way !== false);
  if (ways.length === 0) return "This question takes the whole post as evidence.";
  const last = ways.at(-1) ?? "";
  const sentence = ways.length === 1 ? last : `${ways.slice(0, -1).join(", ")}, or ${last}`;
  return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.`;
}
