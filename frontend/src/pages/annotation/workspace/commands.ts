import { type Command, CommandTable } from "@/editor/commands";
import { evidenceOf } from "@/editor/records";
import type { Shortcut } from "@/ui";
import { keysOf } from "@/editor/commands";
import { cycleConfidence, removeEvidence, setSeverity } from "./answering";
import type { Clause } from "./bundle";
import type { Workspace } from "./context";
import type { Player } from "./player";
import { choose, REASON_FIELD } from "./questions/QuestionCard";

/** What commands may use: the task, and what the page around it does. */
export interface WorkspaceCommands {
  readonly workspace: Workspace;
  readonly submit: () => void;
  readonly askSkip: () => void;
  readonly decline: () => void;
}

type Ours = Command<WorkspaceCommands>;

function activeClause({ workspace }: WorkspaceCommands): Clause | undefined {
  return workspace.bundle.clauses.find((clause) => clause.key === workspace.activeKey);
}

function player({ workspace }: WorkspaceCommands): Player | undefined {
  const { players, activePartId } = workspace;
  return players.current.get(activePartId) ?? [...players.current.values()][0];
}

function moveQuestion({ workspace }: WorkspaceCommands, by: number): void {
  const { clauses } = workspace.bundle;
  const at = clauses.findIndex((clause) => clause.key === workspace.activeKey);
  const next = clauses[Math.min(Math.max(at + by, 0), clauses.length - 1)];
  if (next !== undefined) workspace.setActiveKey(next.key);
}

function movePart({ workspace }: WorkspaceCommands, by: number): void {
  const { parts } = workspace.bundle.post;
  const at = parts.findIndex((part) => part.id === workspace.activePartId);
  const next = parts[(at + by + parts.length) % parts.length];
  if (next !== undefined) workspace.setActivePart(next.id);
}

function moveMark({ workspace }: WorkspaceCommands): void {
  const marks = evidenceOf(workspace.store.snapshot(), workspace.activeKey);
  const at = marks.findIndex((mark) => mark.id === workspace.selected);
  const next = marks[(at + 1) % Math.max(marks.length, 1)];
  workspace.select(next?.id ?? null);
}

function markText({ workspace }: WorkspaceCommands): void {
  const { parts } = workspace.bundle.post;
  const active = parts.find((part) => part.id === workspace.activePartId && part.text !== null);
  const part = active ?? parts.find((candidate) => candidate.text !== null);
  if (part === undefined) return;
  workspace.setActivePart(part.id);
  workspace.setTextCursorPart(part.id);
}

function nudge({ workspace }: WorkspaceCommands, dx: number, dy: number): void {
  const { store, selected } = workspace;
  const record = selected === null ? undefined : store.snapshot().get(selected);
  if (record?.type !== "evidence" || record.data.kind !== "box") return;
  const { data } = record;
  const part = workspace.bundle.post.parts.find((candidate) => candidate.id === data.part_id);
  const x = Math.min(Math.max(data.x + dx, 0), (part?.asset?.width ?? Infinity) - data.width);
  const y = Math.min(Math.max(data.y + dy, 0), (part?.asset?.height ?? Infinity) - data.height);
  store.put({ ...record, data: { ...data, x, y } }, { label: "Move the box", key: `nudge:${record.id}` });
}

const digits = [1, 2, 3, 4, 5, 6, 7, 8, 9] as const;
const answering = "Answering";
const marking = "Evidence";
const moving = "Getting about";
const playing = "Video and sound";
const task = "The task";

const answers: Ours[] = digits.map((digit) => ({
  id: `label.answer-${digit}`,
  label: `Answer ${digit}`,
  shortcut: String(digit),
  group: answering,
  undo: "now",
  isEnabled: (context) => (activeClause(context)?.answers.length ?? 0) >= digit,
  run: (context) => {
    const clause = activeClause(context);
    const answer = clause?.answers[digit - 1];
    if (clause !== undefined && answer !== undefined) choose(context.workspace, clause, answer.value);
  },
}));

const severities: Ours[] = digits.map((digit) => ({
  id: `label.severity-${digit}`,
  label: `Severity ${digit}`,
  shortcut: `shift+${digit}`,
  group: answering,
  undo: "now",
  isEnabled: (context) => (activeClause(context)?.severities.length ?? 0) >= digit,
  run: (context) => {
    const clause = activeClause(context);
    const step = clause?.severities[digit - 1];
    if (clause !== undefined && step !== undefined) setSeverity(context.workspace.store, clause, step.value);
  },
}));

const questions: Ours[] = [
  { id: "label.next-question", label: "Next question", shortcut: ["ArrowDown", "n"], group: answering, undo: "never", run: (context) => moveQuestion(context, 1) },
  { id: "label.previous-question", label: "Previous question", shortcut: ["ArrowUp", "shift+n"], group: answering, undo: "never", run: (context) => moveQuestion(context, -1) },
  {
    id: "label.confidence",
    label: "How sure: certain, fairly, unsure, a guess",
    shortcut: "c",
    group: answering,
    undo: "now",
    run: (context) => {
      const clause = activeClause(context);
      if (clause !== undefined) cycleConfidence(context.workspace.store, clause);
    },
  },
  { id: "label.reason", label: "Write a reason", shortcut: "e", group: answering, undo: "never", run: () => document.getElementById(REASON_FIELD)?.focus() },
  { id: "label.rule", label: "Read the rule, or close it", shortcut: "g", group: answering, undo: "never", run: ({ workspace }) => workspace.setGuideOpen(!workspace.isGuideOpen) },
];

const marks: Ours[] = [
  { id: "label.tool-box", label: "Draw boxes", shortcut: "b", group: marking, undo: "never", run: ({ workspace }) => workspace.setTool("box") },
  { id: "label.tool-select", label: "Select and move", shortcut: "v", group: marking, undo: "never", run: ({ workspace }) => workspace.setTool("select") },
  { id: "label.mark-text", label: "Mark text with the keyboard", shortcut: "t", group: marking, undo: "never", isEnabled: ({ workspace }) => workspace.takes("text_span"), run: markText },
  { id: "label.cite-part", label: "Cite the part as a whole", shortcut: "p", group: marking, undo: "now", isEnabled: ({ workspace }) => workspace.takes("part"), run: ({ workspace }) => workspace.addEvidence({ kind: "part", part_id: workspace.activePartId }) },
  { id: "label.cite-post", label: "Cite the whole post", shortcut: "w", group: marking, undo: "now", isEnabled: ({ workspace }) => workspace.takes("whole_post"), run: ({ workspace }) => workspace.addEvidence({ kind: "whole_post" }) },
  {
    id: "label.mark-frame",
    label: "Mark the frame on screen",
    shortcut: "f",
    group: marking,
    undo: "now",
    isEnabled: ({ workspace }) => workspace.takes("frame"),
    run: (context) => {
      const mark = player(context)?.markFrame() ?? null;
      if (mark !== null) context.workspace.addEvidence(mark);
    },
  },
  { id: "label.range-start", label: "Begin a time range", shortcut: "i", group: marking, undo: "never", isEnabled: ({ workspace }) => workspace.takes("time_range"), run: (context) => player(context)?.rangeStart() },
  {
    id: "label.range-end",
    label: "End the time range",
    shortcut: "o",
    group: marking,
    undo: "now",
    isEnabled: ({ workspace }) => workspace.takes("time_range"),
    run: (context) => {
      const range = player(context)?.rangeEnd() ?? null;
      if (range !== null) context.workspace.addEvidence(range);
    },
  },
  { id: "label.next-mark", label: "Select the next mark of the question", shortcut: "x", group: marking, undo: "never", run: moveMark },
  {
    id: "label.delete",
    label: "Delete the selected mark",
    shortcut: ["Delete", "Backspace"],
    group: marking,
    undo: "now",
    isEnabled: ({ workspace }) => workspace.selected !== null,
    run: ({ workspace }) => {
      if (workspace.selected !== null) removeEvidence(workspace.store, workspace.selected);
      workspace.select(null);
    },
  },
  ...(["Left", "Right", "Up", "Down"] as const).map((side): Ours => {
    const dx = side === "Left" ? -1 : side === "Right" ? 1 : 0;
    const dy = side === "Up" ? -1 : side === "Down" ? 1 : 0;
    return {
      id: `label.nudge-${side.toLowerCase()}`,
      label: `Move the selected box ${side.toLowerCase()}`,
      shortcut: `alt+Arrow${side}`,
      group: marking,
      undo: "now",
      isEnabled: ({ workspace }) => workspace.selected !== null,
      run: (context) => nudge(context, dx, dy),
    };
  }),
];

const about: Ours[] = [
  { id: "label.next-part", label: "Next part of the post", shortcut: "m", group: moving, undo: "never", run: (context) => movePart(context, 1) },
  { id: "label.previous-part", label: "Previous part of the post", shortcut: "shift+m", group: moving, undo: "never", run: (context) => movePart(context, -1) },
  {
    id: "label.reveal",
    label: "Show or cover the part",
    shortcut: "h",
    group: moving,
    undo: "never",
    run: ({ workspace }) => {
      const { revealed, activePartId } = workspace;
      if (revealed.has(activePartId)) workspace.cover(activePartId);
      else workspace.reveal(activePartId);
    },
  },
  {
    id: "label.cover-all",
    label: "Cover everything",
    shortcut: "shift+h",
    group: moving,
    undo: "never",
    run: ({ workspace }) => workspace.revealed.forEach((part) => workspace.cover(part)),
  },
  {
    id: "label.escape",
    label: "Let go of what is selected",
    shortcut: "Escape",
    group: moving,
    undo: "never",
    run: ({ workspace }) => {
      if (workspace.isGuideOpen) workspace.setGuideOpen(false);
      else workspace.select(null);
    },
  },
];

const media: Ours[] = [
  { id: "label.play", label: "Play or pause", shortcut: "Space", group: playing, undo: "never", run: (context) => player(context)?.toggle() },
  { id: "label.frame-back", label: "One frame back", shortcut: ["ArrowLeft", ","], group: playing, undo: "never", run: (context) => player(context)?.step(-1) },
  { id: "label.frame-on", label: "One frame on", shortcut: ["ArrowRight", "."], group: playing, undo: "never", run: (context) => player(context)?.step(1) },
  { id: "label.frames-back", label: "Ten frames back", shortcut: "shift+ArrowLeft", group: playing, undo: "never", run: (context) => player(context)?.step(-10) },
  { id: "label.frames-on", label: "Ten frames on", shortcut: "shift+ArrowRight", group: playing, undo: "never", run: (context) => player(context)?.step(10) },
  { id: "label.shuttle-back", label: "Play backwards, again for faster", shortcut: "j", group: playing, undo: "never", run: (context) => player(context)?.shuttle("j") },
  { id: "label.shuttle-stop", label: "Stop", shortcut: "k", group: playing, undo: "never", run: (context) => player(context)?.shuttle("k") },
  { id: "label.shuttle-on", label: "Play forwards, again for faster", shortcut: "l", group: playing, undo: "never", run: (context) => player(context)?.shuttle("l") },
  { id: "label.slower", label: "Slower", shortcut: "-", group: playing, undo: "never", run: (context) => player(context)?.slower() },
  { id: "label.faster", label: "Faster", shortcut: "+", group: playing, undo: "never", run: (context) => player(context)?.faster() },
];

const whole: Ours[] = [
  { id: "label.submit", label: "Submit and take the next post", shortcut: "mod+Enter", group: task, undo: "never", whileTyping: true, run: (context) => context.submit() },
  { id: "label.skip", label: "Skip this post and say why", shortcut: "s", group: task, undo: "never", run: (context) => context.askSkip() },
  { id: "label.decline", label: "Decline this post, without a reason", shortcut: "shift+d", group: task, undo: "never", run: (context) => context.decline() },
  { id: "label.undo", label: "Undo", shortcut: "mod+z", group: task, undo: "never", run: ({ workspace }) => void workspace.store.undo() },
  { id: "label.redo", label: "Redo", shortcut: ["mod+shift+z", "mod+y"], group: task, undo: "never", run: ({ workspace }) => void workspace.store.redo() },
];

/** Every command of the workspace. Building the table fails when two share a key. */
export const workspaceCommands = new CommandTable<WorkspaceCommands>([
  ...whole,
  ...answers,
  ...severities,
  ...questions,
  ...marks,
  ...about,
  ...media,
]);

/** The table as the page's shortcuts; the help is drawn from them. */
export function shortcutsOf(context: WorkspaceCommands): Shortcut[] {
  return workspaceCommands.commands
    .filter((command) => keysOf(command).length > 0)
    .map((command) => ({
      id: command.id,
      label: command.label,
      keys: keysOf(command),
      ...(command.group === undefined ? {} : { group: command.group }),
      ...(command.whileTyping === undefined ? {} : { whileTyping: command.whileTyping }),
      enabled: command.isEnabled?.(context) ?? true,
      run: () => void workspaceCommands.run(command.id, context),
    }));
}
