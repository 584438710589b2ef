import { count } from "@/ui";
import type { Impact } from "./shapes";

/** People-hours as people say them: "40 min", "3.2 hours". */
export function hoursOf(hours: number): string {
  if (hours <= 0) return "no time";
  if (hours < 1) return `${Math.max(1, Math.round(hours * 60))} min of people’s time`;
  return `${hours < 10 ? hours.toFixed(1) : count(hours)} people-hours`;
}

/** "412 answers, 130 decisions", or "nothing" where nobody answered yet. */
export function totalsOf(impact: Impact): string {
  const told = Object.entries(impact.totals).filter(([, number]) => number > 0);
  return told.length === 0 ? "0 answers" : told.map(([noun, number]) => `${count(number)} ${noun}`).join(", ");
}
