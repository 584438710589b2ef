import { caseCommands } from "@/work/cases/commands";
import { type KeyFacts, numbered } from "@/work/keyTables";

const group = "The suspect";

export const verdictCommands: readonly KeyFacts[] = [
  { id: "suspects.right", label: "The answer is right", keys: "r", group },
  { id: "suspects.wrong", label: "The answer is wrong: change it to the likely one", keys: "w", group },
  { id: "suspects.twin", label: "Of near-duplicates the other is wrong: change that one", keys: "t", group },
  { id: "suspects.open", label: "Leave it open", keys: "d", group },
  { id: "suspects.ask", label: "Ask one more person", keys: "a", group },
];

/** While a new answer waits for its severity. */
export const severityCommands: readonly KeyFacts[] = [
  ...numbered(9, (number) => ({ id: `suspects.severity-${number}`, label: `Severity ${number}`, keys: String(number), group })),
  { id: "suspects.severity-leave", label: "Do not change it", keys: "Escape", group },
];

export const suspectCommands: readonly KeyFacts[] = [...caseCommands("suspects", "suspect"), ...verdictCommands, ...severityCommands];
