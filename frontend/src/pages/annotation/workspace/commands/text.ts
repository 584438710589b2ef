import { groups, type WorkspaceCommand, type WorkspaceCommands } from "./context";

function markText({ workspace }: WorkspaceCommands): void {
  const { parts } = workspace.bundle.post;
  const active = parts.find((part) => part.id === workspace.activePartId && part.text !== null);
  const part = active ?? parts.find((candidate) => candidate.text !== null);
  if (part === undefined) return;
  workspace.setActivePart(part.id);
  workspace.setTextCursorPart(part.id);
}

/** Marking words. */
export const textCommands: WorkspaceCommand[] = [
  { id: "label.mark-text", label: "Mark text with the keyboard", shortcut: "t", group: groups.marking, undo: "never", isEnabled: ({ workspace }) => workspace.takes("text_span"), run: markText },
];
