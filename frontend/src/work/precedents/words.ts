import { percent } from "@/ui";

/** What was compared: texts or pictures as an encoder sees them, or letters only. */
export interface Likeness {
  readonly score: number;
  readonly by: "text" | "picture" | "words";
}

const comparedBy = { text: "by meaning of the text", picture: "by the picture", words: "by words" } as const;

/** "82 % alike by words". */
export function likenessWords(likeness: Likeness | null): string {
  return likeness === null ? "Nothing to compare it by" : `${percent(likeness.score, 0)} alike ${comparedBy[likeness.by]}`;
}
