import type { components } from "@/api/schema";

type Schemas = components["schemas"];

/**
 * How a post stands on the page, the same for all its parts; resolved by the server from what the organization
 * and the person say. `covered`: nothing of it is loaded before it is asked for. `blur`: from 0 (not at all) to
 * 100 (nothing can be made out). `text_covered`: texts stand behind a line. `size`: percent of the room there is.
 */
export type Cover = Schemas["CoverOutput"];

/** Where nothing is said of a post, such as in review: covered as much as can be, texts in the open. */
export const builtInCover: Cover = { covered: true, blur: 100, grey: true, muted: true, paused: true, text_covered: false, size: 100, rate: 1 };

/** Why nothing is handed out now, and until when; `may_end`: a break the person took and may end. */
export type Closed = Schemas["ClosedOutput"];

export type Purpose = Schemas["RevealInputRequest"]["purpose"];

/** A post that is looked at, for what it is looked at, and under which lease. */
export interface LookedAt {
  readonly projectId: string;
  /** Null: a comparison without a post, known by its lease. */
  readonly postId: string | null;
  readonly leaseId: string | null;
  readonly purpose: Purpose;
}
