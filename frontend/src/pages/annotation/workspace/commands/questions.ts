import { choose, cite, cycleConfidence, findNothingElse, hasRest, REASON_FIELD, setSeverity } from "../answering";
import { activeClause, groups, type WorkspaceCommand, type WorkspaceCommands } from "./context";

const digits = [1, 2, 3, 4, 5, 6, 7, 8, 9] as const;

function moveQuestion({ workspace }: WorkspaceCommands, by: number): void {
  const { clauses } = workspace.bundle;
  const at = clauses.findIndex((clause) => clause.key === workspace.activeKey);
  const next = clauses[Math.min(Math.max(at + by, 0), clauses.length - 1)];
  if (next !== undefined) workspace.setActiveKey(next.key);
}

/** A number answers, and goes on as `choose` says; with Alt it stays, to say why or how sure one is. */
function answerCommand(digit: (typeof digits)[number], stays: boolean): WorkspaceCommand {
  return {
    id: `label.answer-${digit}${stays ? "-stay" : ""}`,
    label: stays ? `Answer ${digit} and stay at the question` : `Answer ${digit}; goes on when it finds nothing`,
    shortcut: stays ? `alt+${digit}` : String(digit),
    group: groups.answering,
    undo: "now",
    isEnabled: (context) => (activeClause(context)?.answers.length ?? 0) >= digit,
    run: (context) => {
      const clause = activeClause(context);
      const answer = clause?.answers[digit - 1];
      if (clause !== undefined && answer !== undefined) choose(context.workspace, clause, answer.value, stays);
    },
  };
}

const answers: WorkspaceCommand[] = [...digits.map((digit) => answerCommand(digit, false)), ...digits.map((digit) => answerCommand(digit, true))];

const severities: WorkspaceCommand[] = digits.map((digit) => ({
  id: `label.severity-${digit}`,
  label: `Severity ${digit}`,
  shortcut: `shift+${digit}`,
  group: groups.answering,
  undo: "now",
  isEnabled: (context) => (activeClause(context)?.severities.length ?? 0) >= digit,
  run: (context) => {
    const clause = activeClause(context);
    const step = clause?.severities[digit - 1];
    if (clause !== undefined && step !== undefined) setSeverity(context.workspace.store, clause, step.value);
  },
}));

const asking: WorkspaceCommand[] = [
  { id: "label.next-question", label: "Next question", shortcut: ["ArrowDown", "n"], group: groups.answering, undo: "never", run: (context) => moveQuestion(context, 1) },
  { id: "label.previous-question", label: "Previous question", shortcut: ["ArrowUp", "shift+n"], group: groups.answering, undo: "never", run: (context) => moveQuestion(context, -1) },
  {
    id: "label.nothing-else",
    label: "Nothing else: every question still open finds nothing",
    shortcut: "alt+Enter",
    group: groups.answering,
    undo: "now",
    isEnabled: ({ workspace: { bundle } }) => hasRest(new Map(), bundle.clauses),
    run: ({ workspace }) => findNothingElse(workspace),
  },
  {
    id: "label.confidence",
    label: "How sure: certain, fairly, unsure, a guess",
    shortcut: "c",
    group: groups.answering,
    undo: "now",
    run: (context) => {
      const clause = activeClause(context);
      if (clause !== undefined) cycleConfidence(context.workspace.store, clause);
    },
  },
  { id: "label.reason", label: "Write a reason", shortcut: "e", group: groups.answering, undo: "never", run: () => document.getElementById(REASON_FIELD)?.focus() },
  { id: "label.rule", label: "Read the rule, or close it", shortcut: "g", group: groups.answering, undo: "never", run: ({ workspace }) => workspace.setGuideOpen(!workspace.isGuideOpen) },
  { id: "label.rulings", label: "Rulings on posts like this, or close them", shortcut: "alt+g", group: groups.answering, undo: "never", run: ({ workspace: { rulings } }) => rulings?.setOpen(!rulings.isOpen) },
  {
    id: "label.cite",
    label: "Cite the open ruling",
    shortcut: "alt+c",
    group: groups.answering,
    undo: "now",
    isEnabled: ({ workspace: { rulings } }) => rulings?.isOpen === true && rulings.openId !== null,
    run: (context) => {
      const clause = activeClause(context);
      const openId = context.workspace.rulings?.openId ?? null;
      if (clause !== undefined && openId !== null) cite(context.workspace.store, clause, openId);
    },
  },
];

/** Answering the questions. */
export const questionCommands: WorkspaceCommand[] = [...answers, ...severities, ...asking];
