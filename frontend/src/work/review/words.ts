import type { components } from "@/api/schema";

type Schemas = components["schemas"];

export type ReviewOutcome = Schemas["GivenReviewOutput"]["outcome"];
export type GivenReview = Schemas["GivenReviewOutput"];

/** What a reviewer may say to an answer, in the order of the keys. */
export const outcomes: readonly { readonly value: ReviewOutcome; readonly label: string }[] = [
  { value: "accepted", label: "Accept" },
  { value: "amended", label: "Amend" },
  { value: "returned", label: "Give back" },
];

const said: Readonly<Record<ReviewOutcome, string>> = { accepted: "Accepted", amended: "Amended", returned: "Given back" };

/** One review in a line: "Given back by Quiet Heron: Look again." */
export function reviewWords({ outcome, reviewer, comment }: Pick<GivenReview, "outcome" | "reviewer" | "comment">): string {
  return `${said[outcome]} by ${reviewer.pseudonym}${comment === "" ? "" : `: ${comment}`}`;
}

/** Why people disagreed; of some reasons a word is no help without a sentence. */
export interface Reason<Code extends string> {
  readonly code: Code;
  readonly label: string;
  readonly needsWords?: boolean;
}

type CommonCode = "mistake" | "misread_clause" | "guideline_gap" | "missing_context" | "other";

/** The reasons that are the same whatever is judged; what is ambiguous is named by the room. */
export function reasonsWith<Code extends string>(ambiguous: Reason<Code>): readonly Reason<CommonCode | Code>[] {
  return [
    { code: "mistake", label: "Somebody slipped" },
    { code: "misread_clause", label: "The rule was misread" },
    { code: "guideline_gap", label: "The rule leaves a gap", needsWords: true },
    ambiguous,
    { code: "missing_context", label: "Context is missing" },
    { code: "other", label: "Something else", needsWords: true },
  ];
}

/** Whether the reason still lacks its words. */
export function lacksWords<Code extends string>(reasons: readonly Reason<Code>[], code: Code | null, words: string): boolean {
  return words.trim() === "" && reasons.find((known) => known.code === code)?.needsWords === true;
}

/** Which work a reviewer wants to look at; the seed makes the same share pick the same. */
export interface SampleChoice {
  readonly percent: number;
  readonly seed: number;
  readonly person: string | null;
  readonly clauseKey: string | null;
  readonly isDisputed: boolean;
}

export const everything: SampleChoice = { percent: 100, seed: 0, person: null, clauseKey: null, isDisputed: false };

/** The choice as the server is asked, and as it is kept with a review. */
export function sampleQuery({ percent, seed, person, clauseKey, isDisputed }: SampleChoice) {
  return {
    ...(percent < 100 ? { percent, seed } : {}),
    ...(person === null ? {} : { person }),
    ...(clauseKey === null ? {} : { clause_key: clauseKey }),
    ...(isDisputed ? { disputed: true } : {}),
  };
}
