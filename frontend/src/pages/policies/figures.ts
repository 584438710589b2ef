import { count, plural } from "@/ui";
import { nounOf } from "./records/place";
import type { Campaign, Impact } from "./shapes";

/** People-hours as people say them: "40 min", "3.2 hours". */
export function hoursOf(hours: number): string {
  if (hours <= 0) return "no time";
  if (hours < 1) return `${Math.max(1, Math.round(hours * 60))} min of people’s time`;
  return `${hours < 10 ? hours.toFixed(1) : count(hours)} people-hours`;
}

/** The same where it stands in large figures, and what they are of in a note: "40 min", "3.2 hours". */
export function hoursShort(hours: number): string {
  if (hours < 1) return hours <= 0 ? "No time" : `${Math.max(1, Math.round(hours * 60))} min`;
  return `${hours < 10 ? hours.toFixed(1) : count(hours)} hours`;
}

/** "412 answers, 130 decisions", or "nothing" where nobody answered yet. */
export function totalsOf(impact: Impact): string {
  const told = Object.entries(impact.totals).filter(([, number]) => number > 0);
  return told.length === 0 ? "0 answers" : told.map(([noun, number]) => `${count(number)} ${nounOf(noun, number)}`).join(", ");
}

/** "5 points": a share's margin as people say it. */
export function pointsOf(margin: number): string {
  const points = Number((margin * 100).toFixed(1));
  return points === 1 ? "1 point" : `${points} points`;
}

/** What a campaign asks of what is stale. */
export function scopeOf(campaign: Campaign): string {
  if (campaign.margin === null) return "All that is stale";
  return campaign.sample_size === null
    ? `A sample, ±${pointsOf(campaign.margin)}`
    : `${count(campaign.sample_size)} of ${count(campaign.population ?? 0)}`;
}

/** Hours of the clock as people say them: "40 min", "7 hours", "12 days". */
export function clockOf(hours: number): string {
  if (hours < 1) return `${Math.max(1, Math.round(hours * 60))} min`;
  if (hours < 48) return `${Math.round(hours)} hours`;
  return `${count(Math.round(hours / 24))} days`;
}

/** On what the people-hours of an impact rest, in one sentence. */
export function restsOn(impact: Impact): string {
  if (impact.timings === 0) return "nobody’s time was measured yet";
  const missing = impact.untimed > 0 ? `; ${count(impact.untimed)} more were never measured` : "";
  return `of people’s time: median of ${plural(impact.timings, "measured answer")}${missing}`;
}

/** What a campaign asks about: posts by questions, comparisons by criteria, or both. */
export interface Asked {
  readonly one: string;
  readonly many: string;
}

export function askedAbout(kinds: Iterable<"posts" | "comparisons">): Asked {
  const found = new Set(kinds);
  if (!found.has("comparisons")) return { one: "post", many: "posts" };
  return found.has("posts") ? { one: "post or comparison", many: "posts and comparisons" } : { one: "comparison", many: "comparisons" };
}

const comparing: readonly string[] = ["judgments", "comparison decisions", "ratings", "rating decisions", "response assessments"];

/** What the records that stop holding are about, as far as they would be asked again. */
export function askedByImpact(impact: Impact, keys: readonly string[]): Asked {
  const nouns = impact.clauses.filter((clause) => keys.includes(clause.clause_key)).flatMap((clause) => clause.tallies.map((tally) => tally.noun));
  return askedAbout(
    nouns.flatMap((noun) =>
      comparing.includes(noun) ? ["comparisons" as const] : noun === "answers" || noun === "decisions" ? ["posts" as const] : [],
    ),
  );
}
