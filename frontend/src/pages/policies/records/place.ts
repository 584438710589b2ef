/** What a list of records is narrowed to; its address says it, so that a list can be sent to somebody. */
export interface RecordsPlace {
  /** The release compared with; the one this was drafted from when null. */
  readonly against: string | null;
  /** `answers`, `decisions`, …; both sorts of decisions where the list is of what decisions become. */
  readonly noun: string | null;
  /** What the listed decisions become; null lists whatever stops holding. */
  readonly becomes: Becomes | null;
  readonly clause: string | null;
  /** A language tag, or `none` where it is not known. */
  readonly language: string | null;
  /** A step of the scale, or `none`. */
  readonly severity: string | null;
}

export type Becomes = "holds" | "asked_again" | "no_longer_asked";

const becomings: readonly Becomes[] = ["holds", "asked_again", "no_longer_asked"];
const parts = ["against", "noun", "becomes", "clause", "language", "severity"] as const;

export function placeOf(search: Readonly<Record<string, unknown>>): RecordsPlace {
  // The router reads "2" in an address as a number.
  const textOf = (name: string): string | null => {
    const value = search[name];
    return typeof value === "string" && value !== "" ? value : typeof value === "number" ? String(value) : null;
  };
  return {
    against: textOf("against"),
    noun: textOf("noun"),
    becomes: becomings.find((one) => one === search["becomes"]) ?? null,
    clause: textOf("clause"),
    language: textOf("language"),
    severity: textOf("severity"),
  };
}

/** Where the records behind a count are listed. */
export function recordsPath(projectId: string, releaseId: string, place: Partial<RecordsPlace>): string {
  const query = new URLSearchParams();
  for (const part of parts) {
    const value = place[part];
    if (value !== null && value !== undefined && value !== "") query.set(part, value);
  }
  return `/p/${projectId}/releases/${releaseId}/records?${query.toString()}`;
}

/** One decision, two decisions. */
export function nounOf(noun: string, number: number): string {
  return number === 1 && noun.endsWith("s") ? noun.slice(0, -1) : noun;
}
