import {
  IconCheck,
  IconEqual,
  IconHelp,
  IconThumbDown,
  IconThumbUp,
  IconX,
  type TablerIcon,
} from "@tabler/icons-react";
import type { components } from "@/api/schema";
import type { Tone } from "@/ui";

type Schemas = components["schemas"];

export type Comparison = Schemas["ComparisonOutput"];
export type ComparisonDetail = Schemas["ComparisonDetailOutput"];
export type AxisDecision = Schemas["AxisDecisionOutput"];
export type Acceptance = Schemas["AcceptanceOutput"];
export type AxisAnswer = Schemas["AxisAnswerOutput"];

/** What a comparison is called: by its own name, or by the slate that what is said of it follows from. */
export function comparisonName({ external_id, slate }: Comparison): string {
  return slate === null ? external_id : `${slate}: two of it`;
}

const outcomes: Readonly<Record<string, string>> = {
  a: "A",
  b: "B",
  tie: "Tie",
  both_good: "Both good",
  both_unacceptable: "Both unacceptable",
  none: "Undecided",
};

/** What holds on one axis, in a word or two. */
export function outcomeWords(outcome: string): string {
  return outcomes[outcome] ?? outcome;
}

export function outcomeTone(outcome: string): Tone {
  if (outcome === "none") return "wait";
  if (outcome === "both_unacceptable") return "bad";
  return outcome === "a" || outcome === "b" ? "info" : "neutral";
}

const outcomeIcons: Readonly<Record<string, TablerIcon>> = {
  a: IconCheck,
  b: IconCheck,
  tie: IconEqual,
  both_good: IconThumbUp,
  both_unacceptable: IconThumbDown,
};

export function outcomeIcon(outcome: string): TablerIcon {
  return outcomeIcons[outcome] ?? IconHelp;
}

/** One person's answer: "B, clearly". */
export function answerWords({ choice, value }: AxisAnswer): string {
  if (choice !== "prefer") return outcomeWords(choice);
  const how = ["", "slightly", "clearly", "much"][Math.abs(value)] ?? "";
  return `${value < 0 ? "A" : "B"}, ${how}`;
}

const forms: Readonly<Record<string, string>> = {
  ranking: "Ranked",
  best_worst: "Best and worst",
  best: "Best alone",
  rating: "Rated",
};

/** How several responses are asked about, in a word or two. */
export function formWords(form: string): string {
  return forms[form] ?? form;
}

/** The person's last turn: what was asked. */
export function askedIn(messages: Comparison["messages"]): string {
  return messages.findLast((message) => message.role === "user")?.content ?? "";
}

/** The model's name, or a word for where the file named none. */
export function modelName(name: string): string {
  return name === "" ? "Model not named" : name;
}

interface AcceptanceLook {
  readonly label: string;
  readonly tone: Tone;
  readonly icon: TablerIcon;
}

/** How a response stands alone: for people, with its tone. */
export function acceptanceWords(acceptance: Acceptance | undefined): AcceptanceLook {
  if (acceptance === undefined) return { label: "Not assessed", tone: "neutral", icon: IconHelp };
  if (acceptance.acceptable === null) return { label: "Acceptability undecided", tone: "wait", icon: IconHelp };
  if (acceptance.acceptable) return { label: "Acceptable", tone: "good", icon: IconCheck };
  const severity = acceptance.severity === null ? "" : `, severity ${acceptance.severity}`;
  return { label: `Not acceptable${severity}`, tone: "bad", icon: IconX };
}

/** The sentence of a failed import as its parts: what happened, then one line each. */
export function problemLines(detail: string): { readonly lead: string; readonly lines: readonly string[] } {
  const [lead = "", ...lines] = detail.split("\n");
  return { lead, lines };
}
