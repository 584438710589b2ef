import { canGiveTo, chooseAllOfPart, giveChosenTo, mergeChosen, mergedChosen } from "../chosenMarks";
import { mergeable, mergeWithNext, type Timed } from "../parts/timedActions";
import { groups, player, type WorkspaceCommand, type WorkspaceCommands } from "./context";

const digits = [1, 2, 3, 4, 5, 6, 7, 8, 9] as const;

function clauseAt({ workspace }: WorkspaceCommands, digit: number): string {
  return workspace.bundle.clauses[digit - 1]?.key ?? "";
}

const giving: WorkspaceCommand[] = digits.map((digit) => ({
  id: `label.give-${digit}`,
  label: `Give what is selected to question ${digit}`,
  shortcut: `alt+shift+${digit}`,
  group: groups.marking,
  undo: "now",
  isEnabled: (context) => !context.workspace.isReadOnly && canGiveTo(context.workspace, clauseAt(context, digit)),
  run: (context) => giveChosenTo(context.workspace, clauseAt(context, digit)),
}));

function timed(context: WorkspaceCommands): Timed | null {
  const active = player(context);
  return active === undefined ? null : { workspace: context.workspace, player: active };
}

/** Several marks at once. */
export const choosingCommands: WorkspaceCommand[] = [
  { id: "label.select-all", label: "Select every mark of the part", shortcut: "mod+a", group: groups.marking, undo: "never", run: ({ workspace }) => chooseAllOfPart(workspace) },
  ...giving,
  {
    id: "label.track-merge",
    label: "Merge the selected tracks or painted areas; one track with the one after it",
    shortcut: "shift+g",
    group: groups.tracking,
    undo: "now",
    isEnabled: (context) => {
      const { workspace } = context;
      if (workspace.isReadOnly) return false;
      const both = timed(context);
      return workspace.chosen.size > 1 ? mergedChosen(workspace) !== null : both !== null && mergeable(both) !== null;
    },
    run: (context) => {
      const both = timed(context);
      if (context.workspace.chosen.size > 1) mergeChosen(context.workspace);
      else if (both !== null) mergeWithNext(both);
    },
  },
];
