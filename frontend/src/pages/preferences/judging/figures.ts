import type { components } from "@/api/schema";
import { percent } from "@/ui";
import { chanceOf } from "../ratings/figures";

type Schemas = components["schemas"];

export type Judging = Schemas["HowJudgedOutput"];
export type Found = Schemas["JudgingFoundOutput"];
export type Person = Schemas["OwnJudgingPersonOutput"];
export type NamedPerson = Schemas["JudgingPersonOutput"];
export type Share = Schemas["CountedShareOutput"];

export interface Bounded {
  readonly size: number;
  readonly low: number;
  readonly high: number;
}

/** A share with what it may be: "31.6 %" and "15.4 % to 54.0 %, 6 of 19"; a dash where nothing was counted. */
export interface Told {
  readonly value: string;
  readonly note: string;
}

export function shareTold(share: Share, nothing: string): Told {
  if (share.share === null || share.low === null || share.high === null) return { value: "—", note: nothing };
  return { value: percent(share.share), note: `${percent(share.low)} to ${percent(share.high)}, ${share.counted} of ${share.of}` };
}

/** A pull in log odds as the chance that what is pulled to wins between equals. */
export function pullTold(pull: { readonly size: number; readonly low: number | null; readonly high: number | null } | null | undefined, nothing: string): Told {
  if (pull === null || pull === undefined || pull.low === null || pull.high === null) return { value: "—", note: nothing };
  return { value: percent(chanceOf(pull.size)), note: `${percent(chanceOf(pull.low))} to ${percent(chanceOf(pull.high))}` };
}

/** What stands out about a person, in words; nothing where nothing is beyond doubt. */
export function standsOut(person: Person): readonly string[] {
  const found: string[] = [];
  if (person.reliability?.against === true) found.push("says the opposite of the others");
  else if (person.worth !== null && person.worth.low <= 0) found.push("cannot be told from chance yet");
  if (person.side?.beyond_doubt === true) found.push(person.side.size > 0 ? "drawn to the first place" : "drawn to the second place");
  if (person.length?.beyond_doubt === true) found.push(person.length.size > 0 ? "drawn to the longer" : "drawn to the shorter");
  return found;
}

/** Comparisons by outcome, the most frequent first, however they came to be decided. */
export function outcomesOf(found: Found): readonly { readonly outcome: string; readonly count: number; readonly unanimous: number }[] {
  const all = new Map<string, { count: number; unanimous: number }>();
  for (const { outcome, method, count } of found.outcomes) {
    const before = all.get(outcome) ?? { count: 0, unanimous: 0 };
    all.set(outcome, { count: before.count + count, unanimous: before.unanimous + (method === "unanimous" ? count : 0) });
  }
  return [...all.entries()].map(([outcome, counts]) => ({ outcome, ...counts })).sort((one, other) => other.count - one.count);
}
