import type { WorkWords } from "@/work/workWords";

/** Judging pairs, as the shared pieces call it. */
export const compareWords: WorkWords = { title: "Compare", thing: "pair", answer: "judgment", done: "judged" };
/** The same where several responses, or one, are judged together. */
export const slateWords: WorkWords = { ...compareWords, thing: "slate" };
