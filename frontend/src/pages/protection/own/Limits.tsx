import { Panel } from "@/ui";
import type { OwnProtection, OwnProtectionInput } from "@/work/protection/shapes";
import { budgetWords, originWords } from "@/work/protection/words";
import { BudgetRows } from "../limits/BudgetRows";
import { Minutes } from "../limits/Minutes";
import classes from "../Protection.module.css";
import { BreakChoice } from "@/work/protection/BreakChoice";

interface Section {
  own: OwnProtection;
  input: OwnProtectionInput;
  onChange: (input: OwnProtectionInput) => void;
}

/** How much the person is shown at most: what is set for them, and what they set beside it. */
export function Limits({ own, input, onChange }: Section) {
  const nameOf = (key: string): string => own.categories.find((one) => one.key === key)?.name ?? key;
  return (
    <Panel
      title="How much at most"
      note="When a limit is reached, what it is about is not handed out until it opens again. Yours hold beside the others: they can make it less, never more."
    >
      <div className={classes.fields}>
        {own.inherited.budgets.length > 0 && (
          <ul className={classes.limits} aria-label="Set for you">
            {own.inherited.budgets.map((budget) => (
              <li key={JSON.stringify(budget)}>
                At most {budgetWords(budget, nameOf)} <span className={classes.from}>{originWords(budget)}</span>
              </li>
            ))}
          </ul>
        )}
        <BudgetRows budgets={input.budgets} categories={own.categories} onChange={(budgets) => onChange({ ...input, budgets })} />
      </div>
    </Panel>
  );
}

/** When breaks come, how long they are, and one right now. */
export function Breaks({ own, input, onChange }: Section) {
  const { inherited } = own;
  return (
    <Panel title="Breaks" note="While you are on a break nothing is handed out to you. Nobody counts them against you.">
      <div className={classes.fields}>
        <div className={classes.inputs}>
          <Minutes label="After so long at work" value={input.break_after_minutes} standing={inherited.break_after_minutes} min={5} max={240} onKeep={(minutes) => onChange({ ...input, break_after_minutes: minutes })} />
          <Minutes label="A break of" value={input.break_minutes} standing={inherited.break_minutes} min={1} max={60} onKeep={(minutes) => onChange({ ...input, break_minutes: minutes })} />
        </div>
        <div>
          <p className={classes.label}>I take a break now</p>
          <BreakChoice />
        </div>
      </div>
    </Panel>
  );
}
