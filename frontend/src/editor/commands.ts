/** Something a person can ask for, as data: the page binds the keys, the help page is drawn from the same table. */
export interface Command<Context> {
  readonly id: string;
  /** A short imperative: "Delete the selected mark". */
  readonly label: string;
  readonly shortcut?: string | readonly string[];
  readonly group?: string;
  /** `now`: one undo step of its own; `later`: part of the gesture under way; `never`: nothing to take back. */
  readonly undo: "now" | "later" | "never";
  readonly whileTyping?: boolean;
  readonly isEnabled?: (context: Context) => boolean;
  readonly run: (context: Context) => void;
  /** For what holds while the key is down: called when it comes up, with how long it was down. */
  readonly released?: (context: Context, heldMs: number) => void;
}

export class CommandConflictError extends Error {
  constructor(what: string, first: string, second: string) {
    super(`${what} is claimed by two commands: ${first} and ${second}.`);
    this.name = "CommandConflictError";
  }
}

export function keysOf<Context>(command: Command<Context>): readonly string[] {
  if (command.shortcut === undefined) return [];
  return typeof command.shortcut === "string" ? [command.shortcut] : command.shortcut;
}

/** All commands of an editor. Two with one id, or on one key, are a mistake that shows at once. */
export class CommandTable<Context> {
  private readonly byId = new Map<string, Command<Context>>();

  constructor(readonly commands: readonly Command<Context>[]) {
    const owners = new Map<string, string>();
    for (const command of commands) {
      if (this.byId.has(command.id)) throw new CommandConflictError(`The id ${command.id}`, command.id, command.id);
      this.byId.set(command.id, command);
      for (const key of keysOf(command)) {
        const spelled = spelling(key);
        const owner = owners.get(spelled);
        if (owner !== undefined) throw new CommandConflictError(`The key ${key}`, owner, command.id);
        owners.set(spelled, command.id);
      }
    }
  }

  run(id: string, context: Context): boolean {
    const command = this.byId.get(id);
    if (command === undefined || command.isEnabled?.(context) === false) return false;
    command.run(context);
    return true;
  }
}

function spelling(key: string): string {
  const parts = key.toLowerCase().split("+");
  const last = parts.at(-1) ?? "";
  return [...parts.slice(0, -1).sort(), last].join("+");
}
