import { caseCommands } from "@/work/cases/commands";
import type { KeyFacts } from "@/work/keyTables";

const slate = "The slate";

/** What works on every slate; deciding a pair of it and reviewing an answer have the keys they have with comparisons. */
export const slateCaseCommands: readonly KeyFacts[] = [
  ...caseCommands("slates", "slate"),
  { id: "slates.next-axis", label: "Next axis", keys: "a", group: slate },
  { id: "slates.next-person", label: "Next person's answer", keys: "m", group: slate },
  { id: "slates.previous-person", label: "Previous person's answer", keys: "shift+m", group: slate },
  { id: "slates.next-pair", label: "Next pair to decide", keys: "p", group: slate },
  { id: "slates.decide", label: "Decide a pair, or review an answer", keys: "x", group: slate },
];
