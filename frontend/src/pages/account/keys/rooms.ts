import { CommandTable, keysOf as keysOfCommand } from "@/editor/commands";
import { workspaceCommands } from "@/pages/annotation/workspace/commands";
import { lensCommands, textCursorCommands } from "@/pages/annotation/workspace/commands/opened";
import { compareCommands } from "@/pages/preferences/compare/commands";
import { ofForms, ofResponses } from "@/pages/preferences/compare/slate/commands";
import { pairCommands, pairDecidingCommands, pairReviewingCommands } from "@/pages/preferences/review/commands";
import { slateCaseCommands } from "@/pages/preferences/review/slates/commands";
import { suspectCommands } from "@/pages/active_learning/suspects/commands";
import { decidingCommands, reviewCommands, reviewingCommands } from "@/pages/annotation/review/commands";
import { releaseCommands } from "@/pages/policies/releaseCommands";
import { blockCommands, clauseCommands, conflictCommands, outlineCommands, writingCommands } from "@/pages/policies/writing/commands";
import { GLOBAL_SCOPE, keysOf, type OwnKeys, scopeOf, type Shortcut } from "@/ui";
import type { KeyFacts } from "@/work/keyTables";

/** A command as it stands in the list of keys. */
export interface Bindable {
  readonly id: string;
  readonly label: string;
  readonly group: string;
  /** The page it belongs to, as people know it. */
  readonly room: string;
  /** Where keys must differ: "review" is live together with "review/answers", and that never with "review/cases". */
  readonly within: string;
  /** What it is opened on and takes keys from while it is open: the lens has the arrows of the video under it. */
  readonly over: readonly string[];
  /** The keys it has for everybody who chose none. */
  readonly usual: readonly string[];
  /** Also while text is written. */
  readonly whileTyping: boolean;
}

export const EVERYWHERE = "Everywhere";

function ofTable<Context>(room: string, table: CommandTable<Context>): Bindable[] {
  return table.commands.flatMap((command) => {
    const usual = keysOfCommand(command);
    if (usual.length === 0) return [];
    const { id, label, group = room, whileTyping = false } = command;
    return [{ id, label, group, room, within: room, over: [], usual, whileTyping }];
  });
}

function ofFacts(room: string, within: string, table: readonly KeyFacts[], over: readonly string[] = []): Bindable[] {
  return table.map((facts) => {
    const { id, label, group = room, whileTyping = false } = facts;
    return { id, label, group, room, within, over, usual: keysOf(facts), whileTyping };
  });
}

/** Every command whose key can be changed, by room; what works everywhere comes from what is live now. */
export function bindables(live: readonly Shortcut[]): Bindable[] {
  const everywhere = live.filter((shortcut) => scopeOf(shortcut) === GLOBAL_SCOPE);
  return [
    ...ofTable("Labelling", workspaceCommands),
    ...ofFacts("Labelling", "lens", lensCommands, ["Labelling", "review/cases", "review/answers"]),
    ...ofFacts("Labelling", "text cursor", textCursorCommands, ["Labelling"]),
    ...ofTable("Comparing", compareCommands),
    ...ofTable("Judging several", new CommandTable([...ofForms.ranking, ...ofResponses])),
    ...ofTable("Best and worst of several", new CommandTable(ofForms.best_worst)),
    ...ofTable("Best of several", new CommandTable(ofForms.best.filter(({ id }) => id !== "slate.best"))),
    ...ofTable("Rating", new CommandTable(ofForms.rating)),
    ...ofFacts("Review", "review", reviewCommands),
    ...ofFacts("Review", "review/cases", decidingCommands),
    ...ofFacts("Review", "review/answers", reviewingCommands),
    ...ofFacts("Review of comparisons", "pairs", pairCommands),
    ...ofFacts("Review of comparisons", "pairs/deciding", pairDecidingCommands),
    ...ofFacts("Review of comparisons", "pairs/reviewing", pairReviewingCommands),
    ...ofFacts("Review of slates", "slates", slateCaseCommands),
    ...ofFacts("Suspects of a noise scan", "suspects", suspectCommands),
    ...ofFacts("Writing a policy", "writing", [
      ...releaseCommands, ...writingCommands, ...conflictCommands, ...clauseCommands, ...blockCommands, ...outlineCommands,
    ]),
    ...ofFacts(EVERYWHERE, EVERYWHERE, everywhere),
  ];
}

/** The keys a command has for this person. */
export function keysFor(command: Bindable, own: OwnKeys): readonly string[] {
  return own[command.id] ?? command.usual;
}
