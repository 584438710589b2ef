import { decimal, percent } from "@/ui";
import type { Run, Share } from "./queries";

const titles: Readonly<Record<Run["recipe"], string>> = { reward: "Reward model", dpo: "DPO", grpo: "GRPO" };

export function recipeTitle(recipe: Run["recipe"]): string {
  return titles[recipe];
}

/** "71 % (66 to 76)", or a dash where nothing was counted. */
export function shareWords({ value, low, high }: Share): string {
  if (value === null) return "—";
  if (low === null || high === null) return percent(value, 0);
  return `${percent(value, 0)} (${Math.round(low * 100)} to ${Math.round(high * 100)})`;
}

/** How a run did, in a list's cell. */
export function outcomeWords({ pairs, replies }: Run): string {
  if (pairs !== null) return pairs.pairs === 0 ? "no held-out pairs" : `${shareWords(pairs.accuracy)} right`;
  if (replies?.worth.after === null || replies?.worth.before === null || replies === null) return "—";
  return `${decimal(replies.worth.before)} → ${decimal(replies.worth.after)}`;
}
