import { type KeyboardEvent, useRef } from "react";
import { Kbd } from "@/ui";
import type { Axis, Position } from "./bundle";
import { keys } from "./commands";
import type { ScaleModel } from "./model";
import classes from "./Dock.module.css";
import { answerOfStep, type AxisAnswer } from "./judgment";

interface Step {
  readonly command: string;
  readonly keys: string;
  /** What it says in full; the shown word is part of it. */
  readonly name: (names: Readonly<Record<Position, string>>) => string;
  readonly word: string;
  readonly answer: AxisAnswer;
}

const words = ["Much better", "Better", "Slightly", "Tie", "Slightly", "Better", "Much better"] as const;
const TIE = 3;

const scale: readonly Step[] = words.map((word, index) => ({
  command: `step-${index + 1}`,
  keys: String(index + 1),
  name: (names) => (index === TIE ? "Tie, neither is better" : `${names[index < TIE ? "first" : "second"]}: ${word === "Slightly" ? "slightly better" : word.toLowerCase()}`),
  word,
  answer: answerOfStep(index + 1),
}));
const apart: readonly Step[] = [
  { command: "both-good", keys: keys.bothGood, name: () => "Both good", word: "Both good", answer: { choice: "both_good", value: 0 } },
  {
    command: "both-unacceptable",
    keys: keys.bothUnacceptable,
    name: () => "Both unacceptable",
    word: "Both unacceptable",
    answer: { choice: "both_unacceptable", value: 0 },
  },
];

/** One axis: its question, the seven steps from the first to the second, and the two answers beside them. */
export function AxisRow({ axis, model, isChecked, isStacked = false }: { axis: Axis; model: ScaleModel; isChecked: boolean; isStacked?: boolean }) {
  const { room, names, oldAnswers, judgment, activeKey, setActiveKey } = model;
  const row = useRef<HTMLDivElement>(null);
  const given = judgment.axes[axis.key];
  const isActive = axis.key === activeKey;
  const isGiven = (step: Step): boolean => given?.choice === step.answer.choice && given.value === step.answer.value;
  const old = oldAnswers.find((answer) => answer.clause_key === axis.key);
  const all = [...scale, ...apart];
  const reachable = Math.max(all.findIndex(isGiven), 0);
  const move = (event: KeyboardEvent): void => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (by === undefined) return;
    const buttons = [...(row.current?.querySelectorAll<HTMLButtonElement>("button") ?? [])];
    const at = buttons.findIndex((button) => button === document.activeElement);
    buttons[(at + by + buttons.length) % buttons.length]?.focus();
    event.preventDefault();
    event.stopPropagation();
  };
  const draw = (step: Step, index: number) => (
    <button
      key={step.keys}
      type="button"
      role="radio"
      aria-checked={isGiven(step)}
      aria-label={step.name(names)}
      tabIndex={index === reachable ? 0 : -1}
      className={classes.step}
      data-choice={step.answer.choice}
      data-old={(old?.choice === step.answer.choice && old.value === step.answer.value) || undefined}
      onClick={() => model.answer(axis.key, step.answer)}
    >
      <span className={classes.cap} aria-hidden>
        {isActive ? <Kbd of={`${room}.${step.command}`} keys={step.keys} quiet /> : step.keys}
      </span>
      <span className={classes.word}>{step.word}</span>
    </button>
  );
  return (
    <div
      className={classes.axis}
      data-active={isActive || undefined}
      data-stacked={isStacked || undefined}
      data-open={given === undefined || undefined}
      data-lacks={(isChecked && given === undefined) || undefined}
      onFocus={() => setActiveKey(axis.key)}
    >
      <button type="button" className={classes.asked} aria-current={isActive} onClick={() => setActiveKey(axis.key)}>
        <span className={classes.axisTitle}>{axis.title}</span>
        <span className={classes.question}>{axis.question}</span>
      </button>
      <div ref={row} className={classes.scale} role="radiogroup" aria-label={axis.question} onKeyDown={move}>
        <div className={classes.steps}>{scale.map(draw)}</div>
        <div className={classes.apart}>{apart.map((step, index) => draw(step, index + scale.length))}</div>
      </div>
    </div>
  );
}
