import type { PostPart } from "../bundle";
import { groups, type WorkspaceCommand, type WorkspaceCommands } from "./context";

function movePart({ workspace }: WorkspaceCommands, by: number): void {
  const { parts } = workspace.bundle.post;
  const at = parts.findIndex((part) => part.id === workspace.activePartId);
  const next = parts[(at + by + parts.length) % parts.length];
  if (next !== undefined) workspace.setActivePart(next.id);
}

/** The video whose frames can be looked at: the active one, else the first. */
function stripOf({ bundle, activePartId }: WorkspaceCommands["workspace"]): PostPart | undefined {
  const videos = bundle.post.parts.filter((part) => part.kind === "video" && part.asset?.urls["film_strip"] !== undefined);
  return videos.find(({ id }) => id === activePartId) ?? videos[0];
}

function toggleFrames({ workspace }: WorkspaceCommands): void {
  const part = stripOf(workspace);
  if (part === undefined) return;
  workspace.setActivePart(part.id);
  if (workspace.modes.get(part.id) === "frames") workspace.sights.rest(part.id);
  else workspace.sights.reveal(part.id, "frames");
}

function toggleLens({ workspace }: WorkspaceCommands): void {
  const { bundle, activePartId, modes, sights } = workspace;
  const pictures = bundle.post.parts.filter((part) => part.kind === "image" || part.kind === "video");
  const part = pictures.find(({ id }) => id === activePartId) ?? pictures[0];
  if (part === undefined) return;
  workspace.setActivePart(part.id);
  if (modes.get(part.id) === "lens") sights.rest(part.id);
  else sights.reveal(part.id, "lens");
}

const whole: WorkspaceCommand[] = [
  { id: "label.submit", label: "Submit and take the next post", shortcut: "mod+Enter", group: groups.task, undo: "never", whileTyping: true, run: (context) => context.submit() },
  { id: "label.skip", label: "Skip this post and say why", shortcut: "s", group: groups.task, undo: "never", run: (context) => context.askSkip() },
  { id: "label.decline", label: "Decline this post, without a reason", shortcut: "shift+d", group: groups.task, undo: "never", run: (context) => context.decline() },
  { id: "label.stop", label: "I need to stop: give everything back", shortcut: "shift+r", group: groups.task, undo: "never", run: (context) => context.stop() },
  { id: "label.ask-expert", label: "Ask a policy expert about this post", shortcut: "shift+q", group: groups.task, undo: "never", run: ({ beside }) => beside.write("question") },
  { id: "label.comment", label: "Comment on this post", shortcut: "shift+w", group: groups.task, undo: "never", run: ({ beside }) => beside.write("comment") },
  { id: "label.hide-post", label: "Hide this post: it may be illegal to hold", shortcut: "shift+i", group: groups.task, undo: "never", run: ({ beside }) => beside.askToHide() },
  { id: "label.undo", label: "Undo", shortcut: "mod+z", group: groups.task, undo: "never", run: ({ workspace: { desk, store } }) => (desk.stepBack() ? undefined : void store.undo()) },
  { id: "label.redo", label: "Redo", shortcut: ["mod+shift+z", "mod+y"], group: groups.task, undo: "never", run: ({ workspace }) => void workspace.store.redo() },
];

const citing: WorkspaceCommand[] = [
  { id: "label.cite-part", label: "Cite the part as a whole", shortcut: "p", group: groups.marking, undo: "now", isEnabled: ({ workspace }) => workspace.takes("part"), run: ({ workspace }) => workspace.addEvidence({ kind: "part", part_id: workspace.activePartId }) },
  { id: "label.cite-post", label: "Cite the whole post", shortcut: "w", group: groups.marking, undo: "now", isEnabled: ({ workspace }) => workspace.takes("whole_post"), run: ({ workspace }) => workspace.addEvidence({ kind: "whole_post" }) },
];

const about: WorkspaceCommand[] = [
  { id: "label.next-part", label: "Next part of the post", shortcut: "m", group: groups.moving, undo: "never", run: (context) => movePart(context, 1) },
  { id: "label.previous-part", label: "Previous part of the post", shortcut: "shift+m", group: groups.moving, undo: "never", run: (context) => movePart(context, -1) },
  {
    id: "label.reveal",
    label: "Show or cover the part; held down, only while it is held",
    shortcut: "h",
    group: groups.seeing,
    undo: "never",
    run: ({ workspace }) => workspace.sights.press(workspace.activePartId),
    released: ({ workspace }, heldMs) => workspace.sights.release(heldMs),
  },
  { id: "label.cover-all", label: "Cover everything", shortcut: "shift+h", group: groups.seeing, undo: "never", run: ({ workspace }) => workspace.sights.coverAll() },
  { id: "label.key-frames", label: "Look at small frames of the video first, or put them away", shortcut: "shift+j", group: groups.seeing, undo: "never", isEnabled: ({ workspace }) => stripOf(workspace) !== undefined, run: toggleFrames },
  { id: "label.lens", label: "Look at the picture through a lens, or put it away", shortcut: "shift+l", group: groups.seeing, undo: "never", run: toggleLens },
  {
    id: "label.escape",
    label: "Let go of what is selected",
    shortcut: "Escape",
    group: groups.moving,
    undo: "never",
    run: ({ workspace }) => {
      if (workspace.desk.cancel()) return;
      if (workspace.isGuideOpen) workspace.setGuideOpen(false);
      else {
        workspace.select(null);
        workspace.suggested.setCurrent(null);
      }
    },
  },
];

/** The task as a whole, its parts, and what of them is shown. */
export const flowCommands: WorkspaceCommand[] = [...whole, ...citing, ...about];
