import { IconArrowsSplit2, IconEqual, IconHelp, IconPencil, IconPlus, type TablerIcon } from "@tabler/icons-react";
import type { Tone } from "@/ui";
import type { Block, Clause, ClauseDifference, ClauseText } from "./shapes";

/** What each type of block is called, and what a writer puts there. */
export const blockTitles: Readonly<Record<Block["type"], string>> = {
  definition: "Definition",
  use_when: "Use when",
  avoid_when: "Avoid when",
  interpretation: "How to read this",
  examples: "Examples",
  counter_examples: "Counter-examples",
  rationale: "Why this rule exists",
};

export const blockHints: Readonly<Record<Block["type"], string>> = {
  definition: "What the rule covers, so that two people would decide alike.",
  use_when: "Signs that it applies.",
  avoid_when: "What looks alike and is not meant.",
  interpretation: "How words in this clause are to be understood.",
  examples: "Posts that the clause covers, with the ruling and the reason.",
  counter_examples: "Posts that look alike, with the ruling and the reason.",
  rationale: "What the rule protects. It does not change what is covered.",
};

export const blockOrder = Object.keys(blockTitles) as Block["type"][];

export const relationWords: Readonly<Record<ClauseText["relations"][number]["kind"], string>> = {
  excludes: "Does not apply together with",
  takes_precedence: "Takes precedence over",
  exemplifies: "Is a special case of",
  see_also: "See also",
};

export const modalityWords: Readonly<Record<ClauseText["modalities"][number], string>> = {
  text: "Text",
  image: "Image",
  video: "Video",
  audio: "Audio",
};

export const evidenceWords: Readonly<Record<ClauseText["evidence_kinds"][number], string>> = {
  whole_post: "Whole post",
  part: "Part",
  box: "Box",
  ellipse: "Ellipse",
  polygon: "Polygon",
  polyline: "Line",
  mask: "Mask",
  point: "Point",
  track: "Track",
  time_range: "Time range",
  frame: "Frame",
  text_span: "Text span",
};

export const changeWords: Readonly<Record<Clause["change"], string>> = {
  new: "New",
  none: "Unchanged",
  editorial: "Wording only",
  semantic: "Changes meaning",
  undecided: "Not decided",
};

/** The sign that goes with each kind of change; colour never says it alone. */
export const changeLooks: Readonly<Record<Clause["change"], { readonly tone: Tone; readonly icon: TablerIcon }>> = {
  new: { tone: "good", icon: IconPlus },
  none: { tone: "neutral", icon: IconEqual },
  editorial: { tone: "info", icon: IconPencil },
  semantic: { tone: "wait", icon: IconArrowsSplit2 },
  undecided: { tone: "bad", icon: IconHelp },
};

export const fieldWords: Readonly<Record<string, string>> = {
  title: "Title",
  question: "Question",
  kind: "Kind",
  answers: "Answers",
  severities: "Severity scale",
  modalities: "Judged on",
  evidence_kinds: "Evidence",
  requires: "A harmful answer needs",
  relations: "Relations",
  codes: "Outside taxonomies",
  language: "Written in",
  translations: "Other languages",
};

/** What a difference means for the answers given so far, in one short sentence. */
export function consequenceOf(clause: ClauseDifference): string {
  if (clause.status === "added") return "New clause; nobody has answered it yet.";
  if (clause.status === "removed") return "No longer asked; its answers stay on record.";
  if (clause.is_held) {
    return clause.status === "changed" ? "Wording only: answers keep holding." : "Unchanged: answers keep holding.";
  }
  return "The meaning changes: answers given so far stop holding.";
}

/** "weapons sale!" → "weapons-sale": a key a title suggests. */
export function keyFrom(title: string): string {
  return title
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]/g, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^[^a-z]+/, "")
    .slice(0, 64)
    .replace(/-+$/, "");
}
