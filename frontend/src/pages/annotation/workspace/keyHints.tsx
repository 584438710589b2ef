import { keysOf } from "@/editor/commands";
import { Kbd, type OwnKeys, spelledKeys, useOwnKeys } from "@/ui";
import { workspaceCommands } from "./commands";

/** A label with the key of its command, as in "Draw boxes (B)"; the person's own key where they chose one. */
export function useKeyHint(): (label: string, command: string) => string {
  const own = useOwnKeys();
  return (label, id) => {
    const first = firstKey(id, own);
    return first === undefined ? label : `${label} (${spelledKeys(first)})`;
  };
}

/** The key caps of a command of this room. */
export function KeyOf({ command, quiet = true }: { command: string; quiet?: boolean }) {
  const first = firstKey(command, useOwnKeys());
  return first === undefined ? null : <Kbd keys={first} quiet={quiet} />;
}

/**
 * The key caps of a command that works on the active part only. They keep their room beside the others: a button that
 * grew when a hand comes down on it would move from under the hand, and the click would go nowhere.
 */
export function KeyHere({ command, isActive, quiet = true }: { command: string; isActive: boolean; quiet?: boolean }) {
  return (
    <span style={isActive ? undefined : { visibility: "hidden" }}>
      <KeyOf command={command} quiet={quiet} />
    </span>
  );
}

function firstKey(id: string, own: OwnKeys): string | undefined {
  const command = workspaceCommands.commands.find((candidate) => candidate.id === id);
  return own[id]?.[0] ?? (command === undefined ? undefined : keysOf(command)[0]);
}
