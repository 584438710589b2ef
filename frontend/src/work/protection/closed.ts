import { isProblem } from "@/api/problem";
import type { Closed } from "@/work/seeing/shapes";

const reasons: readonly string[] = ["budget", "break", "cool_down", "stopped"];

/** Nothing is handed out to this person now, and it is known until when. */
export class WorkClosedError extends Error {
  constructor(readonly closed: Closed) {
    super(closed.says);
    this.name = "WorkClosedError";
  }
}

/** What a refusal says of when work opens again; null when it is about something else. */
export function closedOf(error: unknown): Closed | null {
  if (error instanceof WorkClosedError) return error.closed;
  if (!isProblem(error, "work_closed")) return null;
  const { why, until, seconds_left: left, may_end: mayEnd } = error.fields;
  if (typeof why !== "string" || !isReason(why) || typeof until !== "string") return null;
  return {
    why,
    until,
    seconds_left: typeof left === "number" ? left : 0,
    may_end: mayEnd === true,
    says: error.message,
  };
}

function isReason(word: string): word is Closed["why"] {
  return reasons.includes(word);
}

/** Milliseconds until work opens, by this machine's clock and not before; a moment more, so that it is open then. */
export function waitOf({ seconds_left }: Closed): number {
  return Math.max(seconds_left, 0) * 1000 + 500;
}

