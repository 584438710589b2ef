import type { WorkWords } from "@/work/workWords";

/** Labelling, as the shared pieces call it. */
export const labelWords: WorkWords = { title: "Label", thing: "post", answer: "answer", done: "answered" };
