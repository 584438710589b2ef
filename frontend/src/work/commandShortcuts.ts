import { type Command, type CommandTable, keysOf } from "@/editor/commands";
import type { Shortcut } from "@/ui";

/** A table of commands as the page's shortcuts; the help is drawn from them. */
export function shortcutsFrom<Context>(table: CommandTable<Context>, context: Context): Shortcut[] {
  return table.commands.filter((command) => keysOf(command).length > 0).map((command) => shortcutOf(table, command, context));
}

function shortcutOf<Context>(table: CommandTable<Context>, command: Command<Context>, context: Context): Shortcut {
  const { id, label, group, whileTyping, released } = command;
  return {
    id,
    label,
    keys: keysOf(command),
    ...(group === undefined ? {} : { group }),
    ...(whileTyping === undefined ? {} : { whileTyping }),
    ...(released === undefined ? {} : { released: (heldMs: number) => released(context, heldMs) }),
    enabled: command.isEnabled?.(context) ?? true,
    run: () => void table.run(id, context),
  };
}
