import { count, duration, plural } from "@/ui";
import type { Budget, HeldBudget, Outcome, Spent, Support } from "./shapes";

export const severities = ["none", "mild", "moderate", "severe", "extreme"] as const;
export const SEVERE = 3;

export const periods: Readonly<Record<Budget["per"], string>> = { hour: "an hour", day: "a day", week: "a week" };

const origins: Readonly<Record<HeldBudget["from"], string>> = {
  organization: "from your organization",
  project: "from a project",
  you: "your own",
};

export function originWords({ from }: HeldBudget): string {
  return origins[from];
}

export function severityName(severity: number): string {
  return severities[severity] ?? "none";
}

/** "at most 30 posts of violence, severe or worse, a day" without the "at most". */
export function budgetWords(budget: Budget, nameOf: (category: string) => string): string {
  return `${amountWords(budget.unit, budget.limit)} of ${materialWords(budget, nameOf)}, ${periods[budget.per]}`;
}

/** What a limit is about: "violence, severe or worse". */
export function materialWords({ category, severity_from }: Budget, nameOf: (category: string) => string): string {
  const kind = category === "" ? "any kind" : nameOf(category).toLowerCase();
  return severity_from === 0 ? kind : `${kind}, ${severityName(severity_from)}${severity_from < 4 ? " or worse" : ""}`;
}

export function amountWords(unit: Budget["unit"], amount: number): string {
  if (unit === "items") return plural(Math.round(amount), "post");
  if (unit === "seconds") return `${duration(amount * 1000)} in view`;
  return plural(Math.round(amount), "point");
}

/** How much of a limit is used, from 0 to 1; a limit of nothing is used up. */
export function shareOf({ spent, limit }: Pick<Spent, "spent" | "limit">): number {
  return limit <= 0 ? 1 : Math.min(Math.max(spent / limit, 0), 1);
}

/** The limit of which most is used; undefined where there is none. */
export function tightest(budgets: readonly Spent[]): Spent | undefined {
  return [...budgets].sort((one, other) => shareOf(other) - shareOf(one))[0];
}

/** "4 of 30 posts". */
export function spentWords({ unit, spent, limit }: Spent): string {
  if (unit === "seconds") return `${duration(Math.min(spent, limit) * 1000)} of ${duration(limit * 1000)}`;
  const shown = Math.min(Math.round(spent), limit);
  return `${count(shown)} of ${amountWords(unit, limit)}`;
}

/** What somebody's answers led to; null for too few to say. */
export function outcomeWords({ decided, severe }: Pick<Outcome, "decided" | "severe">): string | null {
  if (decided === null) return null;
  const grave = severe === null ? "" : `, at least ${count(severe)} of them severe`;
  return `At least ${count(decided)} posts were decided with your answers${grave}.`;
}

export const moods = ["Bad", "Not so good", "All right", "Good", "Very good"] as const;

export function moodName(mood: number): string {
  return moods[mood - 1] ?? moods[2];
}

/** Whether it is time to be asked again, so many days after the last answer. */
export function isAskedAgain(everyDays: number, last: string | undefined, now: Date = new Date()): boolean {
  return last === undefined || now.getTime() - new Date(last).getTime() >= everyDays * 86_400_000;
}

const clockOf = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
const dayOf = new Intl.DateTimeFormat("en-GB", { weekday: "long", day: "numeric", month: "long" });

/** When something opens, as people say it: "at 14:20", "tomorrow at 09:00", "on Monday 23 November at 09:00". */
export function opensWords(at: Date, now: Date = new Date()): string {
  const days = Math.round((midnightOf(at) - midnightOf(now)) / 86_400_000);
  const time = `at ${clockOf.format(at)}`;
  if (days <= 0) return time;
  return days === 1 ? `tomorrow ${time}` : `on ${dayOf.format(at)} ${time}`;
}

function midnightOf(at: Date): number {
  return new Date(at.getFullYear(), at.getMonth(), at.getDate()).getTime();
}

/** The card in the first of the languages that has one, be it of another region; else the first card. */
export function supportFor(cards: readonly Support[], languages: readonly string[]): Support | undefined {
  const asked = languages.map((language) => language.toLowerCase());
  for (const language of asked) {
    const exact = cards.find(({ locale }) => locale.toLowerCase() === language);
    const near = cards.find(({ locale }) => primary(locale.toLowerCase()) === primary(language));
    if (exact !== undefined || near !== undefined) return exact ?? near;
  }
  return cards[0];
}

function primary(language: string): string {
  return language.split("-")[0] ?? language;
}
