import { type KeyboardEvent, useId, useRef } from "react";
import { Kbd } from "@/ui";
import classes from "./questions.module.css";

interface Option<Value> {
  readonly value: Value;
  readonly label: string;
  readonly keys?: string;
}

/** One choice among few, by click, by its own key, or with arrows inside the row. */
export function ChoiceRow<Value extends string | number>({
  label,
  options,
  value,
  onChoose,
  isLabelShown = false,
  isLarge = false,
  hint,
  problem,
}: {
  label: string;
  options: readonly Option<Value>[];
  value: Value | null;
  onChoose: (value: Value) => void;
  isLabelShown?: boolean;
  isLarge?: boolean;
  hint?: string;
  problem?: string | undefined;
}) {
  const id = useId();
  const row = useRef<HTMLDivElement>(null);
  const chosen = options.findIndex((option) => option.value === value);
  const move = (event: KeyboardEvent): void => {
    const by = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }[event.key];
    if (by === undefined) return;
    const buttons = [...(row.current?.querySelectorAll<HTMLButtonElement>("button") ?? [])];
    const at = buttons.findIndex((button) => button === document.activeElement);
    const next = buttons[(at + by + buttons.length) % buttons.length];
    next?.focus();
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className={classes.choice}>
      {isLabelShown && (
        <div className={classes.rowLabel} id={id} data-problem={problem !== undefined || undefined}>
          {label}
          {hint !== undefined && <Kbd keys={hint} quiet />}
        </div>
      )}
      <div
        ref={row}
        className={classes.options}
        data-large={isLarge || undefined}
        role="radiogroup"
        aria-label={isLabelShown ? undefined : label}
        aria-labelledby={isLabelShown ? id : undefined}
        onKeyDown={move}
      >
        {options.map((option, index) => (
          <button
            key={option.value}
            type="button"
            role="radio"
            aria-checked={index === chosen}
            tabIndex={index === Math.max(chosen, 0) ? 0 : -1}
            className={classes.option}
            data-value={option.value}
            onClick={() => onChoose(option.value)}
          >
            <span>{option.label}</span>
            {option.keys !== undefined && <Kbd keys={option.keys} quiet />}
          </button>
        ))}
      </div>
      {problem !== undefined && <p className={classes.problem}>{problem}</p>}
    </div>
  );
}
