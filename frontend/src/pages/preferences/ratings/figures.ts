import type { components } from "@/api/schema";

type Schemas = components["schemas"];

export type Ratings = Schemas["RatingsOutput"];
export type Board = Schemas["LeaderboardOutput"];
export type Rating = Schemas["RatingOutput"];
export type Meeting = Schemas["MeetingOutput"];

export type Choices = Schemas["RatingChoicesOutput"];
export type Period = Schemas["RatedPeriodOutput"];

/** Log odds as the chance to be preferred to an average model of the group, ties aside. */
export function chanceOf(score: number): number {
  return 1 / (1 + Math.exp(-score));
}

/** The chance that the response shown first, or the longer one of two, wins between equals; with its interval where there is one. */
export interface Pull {
  readonly chance: number;
  readonly low: number | null;
  readonly high: number | null;
  /** Whether the interval leaves out one half. */
  readonly isClear: boolean;
}

/** How the side or the length pulls; null where nothing can be said of it. */
export function pullOf(board: Board, name: "side" | "length"): Pull | null {
  const sway = board.sways.find((each) => each.name === name);
  if (sway === undefined) return null;
  const low = sway.low === null ? null : chanceOf(sway.low);
  const high = sway.high === null ? null : chanceOf(sway.high);
  return { chance: chanceOf(sway.size), low, high, isClear: low !== null && high !== null && (low > 0.5 || high < 0.5) };
}

/** Which of an axis's answers are asked about; null for all of them. */
export interface Narrowed {
  readonly language: string | null;
  readonly cited: string | null;
  readonly month: string | null;
  readonly under: string | null;
  readonly over: "month" | "release" | null;
}

export const WHOLE: Narrowed = { language: null, cited: null, month: null, under: null, over: null };

/** What of it is asked for, as the server takes it. */
export function askedFor(clauseKey: string | null, narrowed: Narrowed) {
  return {
    ...(clauseKey === null ? {} : { clause_key: clauseKey }),
    ...(narrowed.language === null ? {} : { language: narrowed.language }),
    ...(narrowed.cited === null ? {} : { cited: narrowed.cited }),
    ...(narrowed.month === null ? {} : { month: narrowed.month }),
    ...(narrowed.under === null ? {} : { under: narrowed.under }),
    ...(narrowed.over === null ? {} : { over: narrowed.over }),
  };
}

const months = new Intl.DateTimeFormat("en", { month: "long", year: "numeric", timeZone: "UTC" });

/** "2026-11" → "November 2026"; what is no month stays. */
export function monthWords(month: string): string {
  const at = Date.parse(`${month}-01T00:00:00Z`);
  return Number.isNaN(at) ? month : months.format(at);
}

/** The models of each group, the largest group first. */
export function groupsOf(board: Board): readonly (readonly Rating[])[] {
  const groups = new Map<number, Rating[]>();
  for (const rating of board.ratings) groups.set(rating.group, [...(groups.get(rating.group) ?? []), rating]);
  return [...groups.entries()].sort(([one], [other]) => one - other).map(([, ratings]) => ratings);
}

/** The stretch of log odds a chart has to show: every interval, and zero, with a little room. */
export function stretchOf(ratings: readonly Rating[]): { readonly from: number; readonly to: number } {
  const ends = ratings.flatMap((rating) => [rating.low ?? rating.score, rating.high ?? rating.score, 0]);
  const from = Math.min(...ends);
  const to = Math.max(...ends);
  const room = Math.max((to - from) * 0.04, 0.05);
  return { from: from - room, to: to + room };
}

/** Round places for the axis of a chart, zero always among them. */
export function ticksOf(from: number, to: number): readonly number[] {
  const rough = (to - from) / 6;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= rough) ?? rough;
  const first = Math.ceil(from / step);
  return Array.from({ length: Math.floor(to / step) - first + 1 }, (_, at) => (first + at) * step);
}

/** How one model did against another, from its own side. */
export interface Result {
  readonly wins: number;
  readonly losses: number;
  readonly ties: number;
  /** Share won, a tie counting half. */
  readonly share: number;
}

/** What `name` won and lost against `other`; null when they never met. */
export function resultOf(meetings: readonly Meeting[], name: string, other: string): Result | null {
  const meeting = meetings.find(
    (each) => (each.name === name && each.other === other) || (each.name === other && each.other === name),
  );
  if (meeting === undefined) return null;
  const isForward = meeting.name === name;
  const wins = isForward ? meeting.wins : meeting.losses;
  const losses = isForward ? meeting.losses : meeting.wins;
  const total = wins + losses + meeting.ties;
  if (total === 0) return null;
  return { wins, losses, ties: meeting.ties, share: (wins + meeting.ties / 2) / total };
}

/** A number of log odds with its sign: "+0.42", "−1.10", "0.00". */
export function signed(value: number): string {
  const text = Math.abs(value).toFixed(2);
  if (text === "0.00") return text;
  return `${value < 0 ? "−" : "+"}${text}`;
}
