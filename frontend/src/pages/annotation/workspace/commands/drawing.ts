import { evidenceOf, type EvidenceRecord } from "@/editor/records";
import { grownShape, isShape, turnedShape } from "@/editor/shapes";
import { ZOOM_STEP } from "@/editor/view";
import { changeChosen, duplicateChosen, hideChosen, moveChosen, removeChosen, reorderChosen } from "../chosenMarks";
import { activeView, brushStep, kindOfTool, type ToolName } from "../drawing";
import { placedInTheMiddle } from "../drawingByKey";
import type { Workspace } from "../context";
import { groups, type WorkspaceCommand, type WorkspaceCommands } from "./context";

const TURN_DEGREES = 5;
const OPACITIES = [0.5, 1, 0.2, 0] as const;

/** The mark of the question after the one chosen last. */
function nextMark({ store, activeKey, selected }: Workspace): EvidenceRecord | undefined {
  const marks = evidenceOf(store.snapshot(), activeKey);
  return marks[(marks.findIndex((mark) => mark.id === selected) + 1) % Math.max(marks.length, 1)];
}

function chooseNext({ workspace }: WorkspaceCommands, isAdded: boolean): void {
  const next = nextMark(workspace);
  if (next === undefined) return;
  workspace.choose(isAdded ? [...[...workspace.chosen].filter((id) => id !== next.id), next.id] : [next.id]);
  if (isShape(next.data)) workspace.setActivePart(next.data.part_id);
}

function view({ workspace }: WorkspaceCommands) {
  return activeView(workspace);
}

const isSelected = ({ workspace }: WorkspaceCommands): boolean => workspace.selected !== null && !workspace.isReadOnly;

/** A tool's own command: enabled while some question of the task takes what it draws. */
function toolCommand(name: ToolName, label: string, shortcut: string): WorkspaceCommand {
  const kind = kindOfTool[name];
  return {
    id: `label.tool-${name}`,
    label,
    shortcut,
    group: groups.drawing,
    undo: "never",
    isEnabled: ({ workspace }) =>
      kind === null || workspace.bundle.clauses.some((clause) => clause.evidence_kinds.includes(kind)),
    run: ({ workspace }) => workspace.setTool(name),
  };
}

const tools: WorkspaceCommand[] = [
  toolCommand("select", "Select, move and reshape", "v"),
  toolCommand("hand", "Move the picture", "y"),
  toolCommand("box", "Draw boxes", "b"),
  toolCommand("turned", "Draw turned boxes", "shift+b"),
  toolCommand("ellipse", "Draw ellipses", "shift+c"),
  toolCommand("polygon", "Draw outlines", "a"),
  toolCommand("polyline", "Draw lines", "shift+a"),
  toolCommand("point", "Set points", "d"),
  toolCommand("brush", "Paint an area", "r"),
  toolCommand("eraser", "Erase paint", "shift+e"),
];

const seeing: WorkspaceCommand[] = [
  { id: "label.zoom-in", label: "Zoom in", shortcut: "z", group: groups.drawing, undo: "never", run: (context) => view(context).zoomBy(ZOOM_STEP) },
  { id: "label.zoom-out", label: "Zoom out", shortcut: "shift+z", group: groups.drawing, undo: "never", run: (context) => view(context).zoomBy(1 / ZOOM_STEP) },
  { id: "label.zoom-fit", label: "Fit the picture", shortcut: "0", group: groups.drawing, undo: "never", run: (context) => view(context).fit() },
  { id: "label.zoom-actual", label: "Show the picture at 100 %", shortcut: "shift+0", group: groups.drawing, undo: "never", run: (context) => view(context).zoomTo(1) },
  { id: "label.brush-smaller", label: "Smaller brush", shortcut: "<", group: groups.drawing, undo: "never", run: ({ workspace }) => workspace.setDrawing({ brushRadius: brushStep(workspace.drawing.brushRadius, -1) }) },
  { id: "label.brush-larger", label: "Larger brush", shortcut: ">", group: groups.drawing, undo: "never", run: ({ workspace }) => workspace.setDrawing({ brushRadius: brushStep(workspace.drawing.brushRadius, 1) }) },
  { id: "label.snap", label: "Snap to edges and corners, or not", shortcut: "shift+u", group: groups.drawing, undo: "never", run: ({ workspace }) => workspace.setDrawing({ isSnapping: !workspace.drawing.isSnapping }) },
  {
    id: "label.opacity",
    label: "Fill marks more or less strongly; of several selected, only those",
    shortcut: "shift+t",
    group: groups.drawing,
    undo: "never",
    run: ({ workspace }) => {
      const { opacity, opacities } = workspace.drawing;
      const isSome = workspace.chosen.size > 1;
      const now = isSome ? (opacities.get([...workspace.chosen][0] ?? "notes") ?? opacity) : opacity;
      const next = OPACITIES[(OPACITIES.findIndex((value) => value === now) + 1) % OPACITIES.length] ?? OPACITIES[0];
      if (isSome) workspace.setDrawing({ opacities: new Map([...opacities, ...[...workspace.chosen].map((id) => [id, next] as const)]) });
      else workspace.setDrawing({ opacity: next, opacities: new Map() });
    },
  },
  { id: "label.hide-all", label: "Hide all marks, or show them", shortcut: "shift+v", group: groups.drawing, undo: "never", run: ({ workspace }) => workspace.setDrawing({ isAllHidden: !workspace.drawing.isAllHidden }) },
  { id: "label.hide", label: "Hide what is selected, or show it", shortcut: "shift+y", group: groups.drawing, undo: "never", isEnabled: isSelected, run: ({ workspace }) => hideChosen(workspace) },
];

const arrows = ["Left", "Right", "Up", "Down"] as const;
const ways = { Left: { x: -1, y: 0 }, Right: { x: 1, y: 0 }, Up: { x: 0, y: -1 }, Down: { x: 0, y: 1 } } as const;

const changing: WorkspaceCommand[] = [
  { id: "label.next-mark", label: "Select the next mark of the question", shortcut: "x", group: groups.marking, undo: "never", run: (context) => chooseNext(context, false) },
  { id: "label.add-mark", label: "Select the next mark of the question too", shortcut: "alt+x", group: groups.marking, undo: "never", run: (context) => chooseNext(context, true) },
  { id: "label.finish-shape", label: "Finish the outline or line", shortcut: "Enter", group: groups.drawing, undo: "now", run: ({ workspace }) => void workspace.desk.finish() },
  { id: "label.place-shape", label: "Put a shape in the middle, to be moved by keys", shortcut: "shift+Enter", group: groups.drawing, undo: "now", run: ({ workspace }) => placedInTheMiddle(workspace) },
  {
    id: "label.delete",
    label: "Delete what is selected, or the last corner",
    shortcut: ["Delete", "Backspace"],
    group: groups.marking,
    undo: "now",
    run: ({ workspace }) => {
      if (!workspace.desk.stepBack()) removeChosen(workspace);
    },
  },
  { id: "label.duplicate", label: "Duplicate what is selected", shortcut: "mod+d", group: groups.marking, undo: "now", isEnabled: isSelected, run: ({ workspace }) => duplicateChosen(workspace) },
  { id: "label.forward", label: "Bring what is selected forward", shortcut: "PageUp", group: groups.drawing, undo: "now", isEnabled: isSelected, run: ({ workspace }) => reorderChosen(workspace, "forward") },
  { id: "label.backward", label: "Send what is selected backward", shortcut: "PageDown", group: groups.drawing, undo: "now", isEnabled: isSelected, run: ({ workspace }) => reorderChosen(workspace, "backward") },
  { id: "label.to-front", label: "Bring what is selected to the front", shortcut: "shift+PageUp", group: groups.drawing, undo: "now", isEnabled: isSelected, run: ({ workspace }) => reorderChosen(workspace, "front") },
  { id: "label.to-back", label: "Send what is selected to the back", shortcut: "shift+PageDown", group: groups.drawing, undo: "now", isEnabled: isSelected, run: ({ workspace }) => reorderChosen(workspace, "back") },
  ...arrows.map((side): WorkspaceCommand => ({
    id: `label.nudge-${side.toLowerCase()}`,
    label: `Move what is selected ${side.toLowerCase()}`,
    shortcut: `alt+Arrow${side}`,
    group: groups.drawing,
    undo: "now",
    isEnabled: isSelected,
    run: ({ workspace }) => moveChosen(workspace, ways[side]),
  })),
  ...arrows.map((side): WorkspaceCommand => ({
    id: `label.grow-${side.toLowerCase()}`,
    label: { Left: "Make the selected shape narrower", Right: "Make the selected shape wider", Up: "Make the selected shape lower", Down: "Make the selected shape higher" }[side],
    shortcut: `alt+shift+Arrow${side}`,
    group: groups.drawing,
    undo: "now",
    isEnabled: isSelected,
    run: ({ workspace }) => changeChosen(workspace, "Resize", (shape, { size }) => grownShape(shape, ways[side], size)),
  })),
  { id: "label.turn-right", label: "Turn the selected shape clockwise", shortcut: "alt+r", group: groups.drawing, undo: "now", isEnabled: isSelected, run: ({ workspace }) => changeChosen(workspace, "Turn", (shape, { size }) => turnedShape(shape, TURN_DEGREES, size)) },
  { id: "label.turn-left", label: "Turn the selected shape the other way", shortcut: "alt+shift+r", group: groups.drawing, undo: "now", isEnabled: isSelected, run: ({ workspace }) => changeChosen(workspace, "Turn", (shape, { size }) => turnedShape(shape, -TURN_DEGREES, size)) },
];

/** Tools of the picture, how it is seen, and what is done with marks once they stand. */
export const drawingCommands: WorkspaceCommand[] = [...tools, ...seeing, ...changing];
