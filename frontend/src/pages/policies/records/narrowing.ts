import { languageName } from "@/pages/content/shapes";
import { count, sentenceCase } from "@/ui";
import type { Clause } from "../shapes";
import type { RecordsPlace } from "./place";
import type { RecordsCount } from "./queries";

export interface Choice {
  readonly value: string;
  readonly label: string;
}

/** Whether a count falls under a place, one part of it left out. */
function falls(row: RecordsCount, place: RecordsPlace, except: keyof RecordsPlace | null): boolean {
  const is = (part: keyof RecordsPlace, value: string): boolean => part === except || place[part] === null || place[part] === value;
  const noun = place.becomes === null ? is("noun", row.noun) : true;
  return noun && is("clause", row.clause_key) && is("language", row.language || "none") && is("severity", String(row.severity ?? "none"));
}

export function totalOf(counts: readonly RecordsCount[], place: RecordsPlace): number {
  return counts.filter((row) => falls(row, place, null)).reduce((sum, row) => sum + row.count, 0);
}

/** The nouns there are, each with how many of it the rest of the place leaves. */
export function nounsOf(counts: readonly RecordsCount[]): Choice[] {
  return choicesOf(counts, null, (row) => row.noun, (noun) => sentenceCase(noun));
}

export function clausesOf(counts: readonly RecordsCount[], place: RecordsPlace, clauses: ReadonlyMap<string, Clause>): Choice[] {
  return choicesOf(counts, { place, except: "clause" }, (row) => row.clause_key, (key) => clauses.get(key)?.document.title ?? key);
}

export function languagesOf(counts: readonly RecordsCount[], place: RecordsPlace): Choice[] {
  return choicesOf(counts, { place, except: "language" }, (row) => row.language || "none", (tag) => (tag === "none" ? "Unknown" : languageName(tag)));
}

export function severitiesOf(counts: readonly RecordsCount[], place: RecordsPlace, clauses: ReadonlyMap<string, Clause>): Choice[] {
  const scale = place.clause === null ? undefined : clauses.get(place.clause)?.document.severities;
  const nameOf = (step: string): string =>
    step === "none" ? "Without one" : (scale?.find(({ value }) => String(value) === step)?.label ?? `Severity ${step}`);
  return choicesOf(counts, { place, except: "severity" }, (row) => String(row.severity ?? "none"), nameOf);
}

function choicesOf(
  counts: readonly RecordsCount[],
  within: { place: RecordsPlace; except: keyof RecordsPlace } | null,
  valueOf: (row: RecordsCount) => string,
  nameOf: (value: string) => string,
): Choice[] {
  const sums = new Map<string, number>();
  for (const row of counts) {
    if (within !== null && !falls(row, within.place, within.except)) continue;
    sums.set(valueOf(row), (sums.get(valueOf(row)) ?? 0) + row.count);
  }
  return [...sums].sort(([, a], [, b]) => b - a).map(([value, sum]) => ({ value, label: `${nameOf(value)} (${count(sum)})` }));
}
