import { expect, it } from "vitest";
import { keysOf } from "@/editor/commands";
import { ShortcutRegistry } from "@/ui/shortcuts/registry";
import { workspaceCommands } from "../commands";

it("no two commands of the workspace share a key, and each says what it does", () => {
  const registry = new ShortcutRegistry();
  registry.add(
    workspaceCommands.commands.map((command) => ({
      id: command.id,
      label: command.label,
      keys: keysOf(command),
      run: () => undefined,
    })),
  );
  for (const command of workspaceCommands.commands) {
    expect(command.label.length).toBeGreaterThan(3);
    expect(command.group).toBeDefined();
  }
});
