import { CommandTable } from "@/editor/commands";
import type { Shortcut } from "@/ui";
import { shortcutsFrom } from "@/work/commandShortcuts";
import { choosingCommands } from "./choosing";
import type { WorkspaceCommands } from "./context";
import { drawingCommands } from "./drawing";
import { flowCommands } from "./flow";
import { questionCommands } from "./questions";
import { suggestionCommands } from "./suggestions";
import { textCommands } from "./text";
import { videoCommands } from "./video";

/** Every command of the workspace. Building the table fails when two share a key. */
export const workspaceCommands = new CommandTable<WorkspaceCommands>([
  ...questionCommands,
  ...flowCommands,
  ...suggestionCommands,
  ...drawingCommands,
  ...choosingCommands,
  ...textCommands,
  ...videoCommands,
]);

/** The table as the page's shortcuts; the help is drawn from them. */
export function shortcutsOf(context: WorkspaceCommands): Shortcut[] {
  return shortcutsFrom(workspaceCommands, context);
}
