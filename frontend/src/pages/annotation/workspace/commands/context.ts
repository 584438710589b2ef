import type { Command } from "@/editor/commands";
import type { Beside } from "../BesideTask";
import type { Clause } from "../bundle";
import type { Workspace } from "../context";
import type { Player } from "../player";

/** What commands may use: the task, and what the page around it does. */
export interface WorkspaceCommands {
  readonly workspace: Workspace;
  readonly submit: () => void;
  readonly askSkip: () => void;
  readonly decline: () => void;
  /** Give back all that is held and leave. */
  readonly stop: () => void;
  readonly beside: Beside;
}

export type WorkspaceCommand = Command<WorkspaceCommands>;

/** Headings of the help. */
export const groups = {
  answering: "Answering",
  suggesting: "Suggestions",
  marking: "Evidence",
  drawing: "Drawing",
  moving: "Getting about",
  seeing: "What is shown",
  playing: "Video and sound",
  tracking: "Tracks",
  task: "The task",
} as const;

export function activeClause({ workspace }: WorkspaceCommands): Clause | undefined {
  return workspace.bundle.clauses.find((clause) => clause.key === workspace.activeKey);
}

/** The player of the active part, else the first there is. */
export function player({ workspace }: WorkspaceCommands): Player | undefined {
  const { players, activePartId } = workspace;
  return players.current.get(activePartId) ?? [...players.current.values()][0];
}
