import type { Shortcut } from "@/ui";
import { type Position, positionNames, textAt } from "./bundle";
import type { DeskModel } from "./Desk";
import { answerOfStep, type Choice, confidenceSteps, withNextAcceptable } from "./judgment";
import type { JudgmentSession } from "./session";

interface Reach {
  readonly model: DeskModel;
  readonly session: JudgmentSession;
  readonly submit: () => void;
  readonly askSkip: () => void;
  readonly decline: () => void;
  readonly toggleWords: () => void;
  readonly toggleRule: () => void;
  /** By so many screens. */
  readonly scroll: (pages: number) => void;
}

export const REASON_FIELD = "reason-of-the-judgment";
export const rewriteField = (position: Position): string => `rewrite-of-the-${position}`;
export const clausesOf = (position: Position): string => `clauses-against-the-${position}`;

/** The keys of the page. The left hand's letters belong to the first response, the right hand's to the second. */
export const keys = {
  bothGood: "8",
  bothUnacceptable: "9",
  acceptable: { first: "q", second: "p" },
  clauses: { first: "shift+q", second: "shift+p" },
  rewrite: { first: "w", second: "o" },
  words: "d",
  rule: "g",
  reason: "r",
  confidence: "c",
} as const;

const stepNames = [
  "First is much better",
  "First is better",
  "First is slightly better",
  "Tie: neither is better",
  "Second is slightly better",
  "Second is better",
  "Second is much better",
] as const;

const judging = "Judging";
const responses = "The two responses";
const moving = "Getting about";
const task = "The task";

/** Every key of the page, freshly bound; the help is drawn from it. */
export function shortcutsOf(reach: Reach): Shortcut[] {
  return [...scale(reach), ...ofEach(reach, "first"), ...ofEach(reach, "second"), ...about(reach), ...whole(reach)];
}

function scale({ model }: Reach): Shortcut[] {
  const say = (choice: Choice) => () => model.answer(model.activeKey, { choice, value: 0 });
  return [
    ...stepNames.map((label, index) => ({
      id: `compare.step-${index + 1}`,
      label,
      keys: index === 3 ? ["4", "t"] : String(index + 1),
      group: judging,
      run: () => model.answer(model.activeKey, answerOfStep(index + 1)),
    })),
    { id: "compare.both-good", label: "Both are good", keys: keys.bothGood, group: judging, run: say("both_good") },
    {
      id: "compare.both-unacceptable",
      label: "Both are unacceptable",
      keys: keys.bothUnacceptable,
      group: judging,
      run: say("both_unacceptable"),
    },
    { id: "compare.next-axis", label: "Next axis", keys: ["ArrowDown", "n"], group: judging, run: () => moveAxis(model, 1) },
    { id: "compare.previous-axis", label: "Previous axis", keys: ["ArrowUp", "shift+n"], group: judging, run: () => moveAxis(model, -1) },
    { id: "compare.confidence", label: "How sure: a guess to certain", keys: keys.confidence, group: judging, run: () => nextConfidence(model) },
    { id: "compare.reason", label: "Write a reason", keys: keys.reason, group: judging, run: () => focusOn(REASON_FIELD) },
  ];
}

function ofEach({ model }: Reach, position: Position): Shortcut[] {
  const name = positionNames[position].toLowerCase();
  return [
    {
      id: `compare.acceptable-${position}`,
      label: `${positionNames[position]}: acceptable, not acceptable, not said`,
      keys: keys.acceptable[position],
      group: responses,
      run: () => model.change(withNextAcceptable(model.judgment, position)),
    },
    {
      id: `compare.clauses-${position}`,
      label: `Cite the clauses the ${name} breaks`,
      keys: keys.clauses[position],
      group: responses,
      enabled: model.judgment.opinions[position].acceptable === false,
      run: () => document.getElementById(clausesOf(position))?.querySelector("button")?.focus(),
    },
    {
      id: `compare.rewrite-${position}`,
      label: `Write a better ${name} response`,
      keys: keys.rewrite[position],
      group: responses,
      run: () => openRewrite(model, position),
    },
  ];
}

function about({ toggleWords, toggleRule, scroll }: Reach): Shortcut[] {
  return [
    { id: "compare.words", label: "Show where the two differ", keys: keys.words, group: responses, run: toggleWords },
    { id: "compare.rule", label: "Read the rule, or close it", keys: keys.rule, group: moving, run: toggleRule },
    { id: "compare.down", label: "Scroll down", keys: ["Space", "j"], group: moving, run: () => scroll(1) },
    { id: "compare.up", label: "Scroll up", keys: ["shift+Space", "k"], group: moving, run: () => scroll(-1) },
  ];
}

function whole({ session, submit, askSkip, decline }: Reach): Shortcut[] {
  return [
    { id: "compare.submit", label: "Submit and take the next pair", keys: "mod+Enter", group: task, whileTyping: true, run: submit },
    { id: "compare.skip", label: "Skip this pair and say why", keys: "s", group: task, run: askSkip },
    { id: "compare.decline", label: "Decline this pair, without a reason", keys: "shift+d", group: task, run: decline },
    { id: "compare.undo", label: "Undo", keys: "mod+z", group: task, run: () => session.undo() },
    { id: "compare.redo", label: "Redo", keys: ["mod+shift+z", "mod+y"], group: task, run: () => session.redo() },
  ];
}

function moveAxis({ bundle, activeKey, setActiveKey }: DeskModel, by: number): void {
  const at = bundle.axes.findIndex((axis) => axis.key === activeKey);
  const next = bundle.axes[(at + by + bundle.axes.length) % bundle.axes.length];
  if (next !== undefined) setActiveKey(next.key);
}

function nextConfidence({ judgment, change }: DeskModel): void {
  const at = confidenceSteps.findIndex((step) => step.value === judgment.confidence);
  change({ ...judgment, confidence: confidenceSteps[at + 1]?.value ?? null });
}

/** Open the editor with the response in it, or go back into it. */
export function openRewrite(model: DeskModel, position: Position): void {
  if (model.judgment.rewrites[position] === null) model.rewrite(position, textAt(model.bundle, position));
  // The field is there only after the page was drawn anew.
  window.requestAnimationFrame(() => focusOn(rewriteField(position)));
}

function focusOn(id: string): void {
  document.getElementById(id)?.focus();
}
