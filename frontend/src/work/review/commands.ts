import type { KeyFacts } from "../keyTables";
import { outcomes, type Reason } from "./words";

const outcomeKeys = ["q", "w", "e"] as const;
const reasonKeys = ["q", "w", "e", "r", "t", "y"] as const;

/** What a reviewer says to a single answer, in the room of this name. */
export function reviewingCommands(room: string): readonly KeyFacts[] {
  const group = "Reviewing";
  return [
    ...outcomes.map(({ value, label }, index) => ({ id: `${room}.${value}`, label, keys: outcomeKeys[index] ?? [], group })),
    { id: `${room}.comment`, label: "Write a comment", keys: "n", group },
    { id: `${room}.send`, label: "Send the review", keys: "mod+Enter", group, whileTyping: true },
  ];
}

/** Why people disagreed, in the room of this name, and recording the decision. */
export function reasonCommands(room: string, reasons: readonly Reason<string>[]): readonly KeyFacts[] {
  const group = "Deciding";
  return [
    ...reasons.map(({ code, label }, index) => ({ id: reasonCommand(room, code), label, keys: reasonKeys[index] ?? [], group })),
    { id: `${room}.words`, label: "Write what should be known", keys: "n", group },
    { id: `${room}.send`, label: "Record the decision", keys: "mod+Enter", group, whileTyping: true },
  ];
}

export function reasonCommand(room: string, code: string): string {
  return `${room}.reason-${code.replaceAll("_", "-")}`;
}
