import { type CSSProperties, useEffect, useRef } from "react";
import { missingFor } from "@/editor/labelDocument";
import { verdictOf } from "@/editor/records";
import { clauseHue, useRecords, useWorkspace } from "../context";
import { QuestionCard } from "./QuestionCard";
import classes from "./questions.module.css";

/** The questions of the task: the one being answered open, the others as a line each. */
export function QuestionList({ isChecked }: { isChecked: boolean }) {
  const { bundle, store, activeKey, setActiveKey } = useWorkspace();
  const records = useRecords(store);
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    list.current?.querySelector("[data-open]")?.scrollIntoView({ block: "nearest", behavior: "instant" });
  }, [activeKey]);
  return (
    <ol ref={list} className={classes.list} aria-label="Questions">
      {bundle.clauses.map((clause, index) => {
        const verdict = verdictOf(records, clause.key);
        const missing = missingFor(records, clause);
        const isOpen = clause.key === activeKey;
        const label = clause.answers.find((answer) => answer.value === verdict.answer)?.label;
        const severity = clause.severities.find((step) => step.value === verdict.severity)?.label;
        return (
          <li key={clause.key} className={classes.item} data-open={isOpen || undefined} data-clause={clause.key}>
            <button
              type="button"
              className={classes.line}
              aria-expanded={isOpen}
              onClick={() => setActiveKey(clause.key)}
            >
              <Number index={index} hue={clauseHue(bundle, clause.key)} isDone={missing.length === 0} />
              <span className={classes.lineTitle}>{clause.title}</span>
              <span className={classes.lineAnswer} data-lack={(isChecked && missing.length > 0) || undefined}>
                {label ?? (isChecked ? "No answer yet" : "")}
                {severity !== undefined && ` · ${severity}`}
              </span>
            </button>
            {isOpen && <QuestionCard clause={clause} missing={missing} isChecked={isChecked} />}
          </li>
        );
      })}
    </ol>
  );
}

function Number({ index, hue, isDone }: { index: number; hue: string; isDone: boolean }) {
  return (
    <span className={classes.number} style={{ "--hue": hue } as CSSProperties} data-done={isDone || undefined}>
      {index + 1}
      <span className={classes.unseen}>{isDone ? ", answered" : ", open"}</span>
    </span>
  );
}
