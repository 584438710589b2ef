import { type KeyboardEvent, type ReactNode, useId, useRef } from "react";
import { Kbd } from "@/ui";
import classes from "./ChoiceRow.module.css";

interface Option<Value> {
  readonly value: Value;
  readonly label: string;
  /** The key that chooses it; where all need Shift too, `hint` says so once for the row. */
  readonly keys?: string;
  /** The command it is the key of: a person may have another for it. */
  readonly command?: string;
}

/** One choice among few, by click, by its own key, or with arrows inside the row. */
export function ChoiceRow<Value extends string | number>({
  label,
  options,
  value,
  onChoose,
  isLabelShown = false,
  isLarge = false,
  isNeeded = false,
  hint,
  problem,
}: {
  label: string;
  options: readonly Option<Value>[];
  value: Value | null;
  onChoose: (value: Value) => void;
  isLabelShown?: boolean;
  isLarge?: boolean;
  isNeeded?: boolean;
  hint?: ReactNode;
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
          <span>
            {label}
            {isNeeded && <span className={classes.needed}> needed</span>}
          </span>
          {hint}
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
            {option.keys !== undefined && <Kbd keys={option.keys} {...(option.command === undefined ? {} : { of: option.command })} quiet />}
          </button>
        ))}
      </div>
      {problem !== undefined && <p className={classes.problem}>{problem}</p>}
    </div>
  );
}

/** Said once beside a row whose numbers work with Shift. */
export function ShiftHint() {
  return <span className={classes.shift}>Shift + number</span>;
}
