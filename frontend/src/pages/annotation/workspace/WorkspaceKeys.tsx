import { useShortcuts } from "@/ui";
import { shortcutsOf } from "./commands";
import type { WorkspaceCommands } from "./commands/context";
import { useRecords } from "./context";

/** The keys of the room. Apart, because what may be done changes with every record, and the room need not be drawn for it. */
export function WorkspaceKeys({ context }: { context: WorkspaceCommands }) {
  useRecords(context.workspace.store);
  useShortcuts(shortcutsOf(context));
  return null;
}
