import { caseCommands } from "@/work/cases/commands";
import { type KeyFacts, numbered } from "@/work/keyTables";
import { reasonCommands, reviewingCommands } from "@/work/review/commands";
import { reasons } from "./reading";

const pair = "The comparison";

function steps(room: string, group: string): readonly KeyFacts[] {
  return [
    ...numbered(7, (number) => ({ id: `${room}.step-${number}`, label: `Step ${number} of the scale, from A to B`, keys: String(number), group })),
    { id: `${room}.both-good`, label: "Both are good", keys: "8", group },
    { id: `${room}.both-unacceptable`, label: "Both are unacceptable", keys: "9", group },
  ];
}

/** What works on every comparison. */
export const pairCommands: readonly KeyFacts[] = [
  ...caseCommands("pairs", "comparison"),
  { id: "pairs.next-axis", label: "Next axis", keys: "a", group: pair },
  { id: "pairs.next-person", label: "Next person's judgment", keys: "m", group: pair },
  { id: "pairs.previous-person", label: "Previous person's judgment", keys: "shift+m", group: pair },
  { id: "pairs.words", label: "Show where the two differ", keys: "d", group: pair },
  { id: "pairs.decide", label: "Decide the axis, or review a judgment", keys: "x", group: pair },
];

/** What works while an axis is decided. */
export const pairDecidingCommands: readonly KeyFacts[] = [...steps("pair-deciding", "Deciding"), ...reasonCommands("pair-deciding", reasons)];

/** What works while a judgment is reviewed; the scale while it is amended. */
export const pairReviewingCommands: readonly KeyFacts[] = [...reviewingCommands("pair-reviewing"), ...steps("pair-reviewing", "Your own judgment")];
