import type { components } from "@/api/schema";
import { percent, plural } from "@/ui";

export type Quota = components["schemas"]["QuotaInput"];

/** What posts can be shared out by; a round is on one clause, so its clause is not among them. */
export const axisWords = {
  language: "Language",
  source: "Source",
  group: "Near-duplicates",
} as const;
export type Axis = keyof typeof axisWords;

/** One row of the form; a whole per cent, or of near-duplicates a number of posts. */
export interface QuotaRow {
  readonly axis: Axis;
  /** Empty for every value that has no row of its own. */
  readonly value: string;
  readonly leastPercent: number;
  readonly mostPercent: number;
  readonly mostPosts: number;
}

export const rowFirst: QuotaRow = { axis: "language", value: "", leastPercent: 0, mostPercent: 50, mostPosts: 1 };

/** What the server is sent of the rows. */
export function quotasBody(rows: readonly QuotaRow[]): Quota[] {
  return rows.map((row) => {
    if (row.axis === "group") return { axis: row.axis, value: null, least: 0, most: 1, most_posts: row.mostPosts };
    const value = row.value.trim();
    return {
      axis: row.axis,
      value: value === "" ? null : value,
      least: value === "" ? 0 : row.leastPercent / 100,
      most: row.mostPercent / 100,
      most_posts: null,
    };
  });
}

/** One quota as a sentence's part: "Language de: 20 % to 50 %". */
export function quotaWords({ axis, value, least, most, most_posts: posts }: Quota): string {
  if (axis === "group") return `At most ${plural(posts ?? 1, "post")} of near-duplicates`;
  const who = `${axis === "clause" ? "Clause" : axisWords[axis]} ${value ?? "of any other value"}`;
  if (posts !== null && posts !== undefined) return `${who}: at most ${plural(posts, "post")}`;
  return least > 0 ? `${who}: ${percent(least, 0)} to ${percent(most, 0)}` : `${who}: at most ${percent(most, 0)}`;
}
