import classes from "./BudgetMeter.module.css";
import type { Spent } from "./shapes";
import { materialWords, opensWords, originWords, periods, shareOf, spentWords } from "./words";

/** How much of one limit is used: a quiet bar, and the same in words. */
export function BudgetMeter({ spent, nameOf }: { spent: Spent; nameOf: (category: string) => string }) {
  const share = shareOf(spent);
  const what = `${materialWords(spent, nameOf)}, ${periods[spent.per]}`;
  return (
    <div className={classes.meter}>
      <span>
        {sentence(what)} <span className={classes.from}>{originWords(spent)}</span>
      </span>
      <span className={classes.used}>{spentWords(spent)}</span>
      <span className={classes.track} role="meter" aria-label={what} aria-valuemin={0} aria-valuemax={100} aria-valuenow={Math.round(share * 100)} aria-valuetext={spentWords(spent)}>
        <span style={{ width: `${share * 100}%` }} />
      </span>
      {share >= 1 && spent.opens_at !== null && <span className={classes.from}>Opens {opensWords(new Date(spent.opens_at))}</span>}
    </div>
  );
}

function sentence(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
