import { goToSuggestion } from "../suggestions/going";
import { accept, neighbourOf, openItems, reject, type SuggestedItem } from "../suggestions/items";
import { groups, type WorkspaceCommand, type WorkspaceCommands } from "./context";

function open({ workspace }: WorkspaceCommands): SuggestedItem[] {
  return openItems(workspace.store.snapshot(), workspace.suggested.items);
}

/** The one the keyboard stands on, while it is still open. */
function current(context: WorkspaceCommands): SuggestedItem | undefined {
  return open(context).find(({ item }) => item === context.workspace.suggested.here());
}

function step({ workspace }: WorkspaceCommands, by: 1 | -1): void {
  const { store, suggested } = workspace;
  const next = neighbourOf(store.snapshot(), suggested.items, suggested.here(), by);
  if (next !== undefined) goToSuggestion(workspace, next);
}

/** Decide on the one the keyboard stands on and go on to the next; without one, go to the first. */
function decide(context: WorkspaceCommands, how: typeof accept): void {
  const one = current(context);
  if (one === undefined) {
    step(context, 1);
    return;
  }
  const { workspace } = context;
  how(workspace.store, [one]);
  goToSuggestion(workspace, neighbourOf(workspace.store.snapshot(), workspace.suggested.items, one.item, 1));
}

function decideAll(context: WorkspaceCommands, how: typeof accept): void {
  const all = open(context);
  if (all.length > 0) how(context.workspace.store, all);
  context.workspace.suggested.setCurrent(null);
}

// Asked when the page is drawn, not with every change: what is still open is seen when the key is pressed.
const isAny = ({ workspace }: WorkspaceCommands): boolean => !workspace.isReadOnly && workspace.suggested.items.length > 0;
const about = { group: groups.suggesting, isEnabled: isAny } as const;

/** What models suggest: one after the other, or all at once. */
export const suggestionCommands: WorkspaceCommand[] = [
  { ...about, id: "label.suggestion-next", label: "Next suggestion", shortcut: "alt+n", undo: "never", run: (context) => step(context, 1) },
  { ...about, id: "label.suggestion-previous", label: "Previous suggestion", shortcut: "alt+shift+n", undo: "never", run: (context) => step(context, -1) },
  { ...about, id: "label.suggestion-accept", label: "Accept the suggestion", shortcut: "alt+y", undo: "now", run: (context) => decide(context, accept) },
  { ...about, id: "label.suggestion-reject", label: "Reject the suggestion", shortcut: "alt+w", undo: "now", run: (context) => decide(context, reject) },
  { ...about, id: "label.suggestions-accept", label: "Accept all suggestions", shortcut: "alt+shift+y", undo: "now", run: (context) => decideAll(context, accept) },
  { ...about, id: "label.suggestions-reject", label: "Reject all suggestions", shortcut: "alt+shift+w", undo: "now", run: (context) => decideAll(context, reject) },
];
