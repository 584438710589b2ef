import { caseCommands } from "@/work/cases/commands";
import { type KeyFacts, numbered } from "@/work/keyTables";
import { reasonCommands, reviewingCommands as reviewingCommandsIn } from "@/work/review/commands";
import { reasonWords } from "./reading";

const post = "Post";
const deciding = "Deciding";

/** What works on every tab of the page. */
export const postCommands: readonly KeyFacts[] = [
  { id: "review.reveal", label: "Show or cover the part", keys: "h", group: post },
  { id: "review.next-part", label: "Next part of the post", keys: "m", group: post },
  { id: "review.previous-part", label: "Previous part of the post", keys: "shift+m", group: post },
  { id: "review.play", label: "Play or pause", keys: "Space", group: post },
  { id: "review.frame-back", label: "One frame back", keys: ["ArrowLeft", ","], group: post },
  { id: "review.frame-on", label: "One frame on", keys: ["ArrowRight", "."], group: post },
];

/** What works on a disagreement. */
export const decidingCommands: readonly KeyFacts[] = [
  ...numbered(9, (number) => ({ id: `deciding.answer-${number}`, label: `Decide: answer ${number}`, keys: String(number), group: deciding })),
  ...numbered(9, (number) => ({ id: `deciding.severity-${number}`, label: `Severity ${number}`, keys: `shift+${number}`, group: deciding })),
  ...reasonCommands("deciding", reasonWords),
];

/** What works on a single answer. */
export const reviewingCommands = reviewingCommandsIn("reviewing");

export const reviewCommands: readonly KeyFacts[] = [...caseCommands("review", "case or answer"), ...postCommands];
