import { type Command, CommandTable } from "@/editor/commands";
import type { Shortcut } from "@/ui";
import { shortcutsFrom } from "@/work/commandShortcuts";
import { type PairPosition, type Position, positionNames, textAt } from "./bundle";
import type { DeskModel } from "./model";
import { answerOfStep, confidenceSteps, opinionOf, rewriteOf, withNextAcceptable } from "./judgment";
import type { JudgmentSession } from "./session";

export interface Reach {
  readonly model: DeskModel;
  readonly session: JudgmentSession;
  readonly submit: () => void;
  /** Submit, then go on with the conversation from one of its responses. */
  readonly goOn: () => void;
  readonly askSkip: () => void;
  readonly decline: () => void;
  /** Give back all that is held and leave. */
  readonly stop: () => void;
  readonly toggleWords: () => void;
  readonly toggleRule: () => void;
  /** Show or hide the texts; null where they stand in the open. */
  readonly toggleTexts: (() => void) | null;
  /** By so many screens. */
  readonly scroll: (pages: number) => void;
  /** The post beside it; null where the pair is about none. */
  readonly scrollPost: ((pages: number) => void) | null;
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
  /** Where a response has media: shows or covers the first of them. */
  media: { first: "e", second: "i" },
  /** Likewise for media of the last question. */
  asked: "x",
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

export const judging = "Judging";
export const responses = "The responses";
const moving = "Getting about";
const task = "The task";

export type CompareCommand = Command<Reach>;

const answers: CompareCommand[] = stepNames.map((label, index) => ({
  id: `compare.step-${index + 1}`,
  label,
  shortcut: index === 3 ? ["4", "t"] : String(index + 1),
  group: judging,
  undo: "now",
  run: ({ model }) => model.answer(model.activeKey, answerOfStep(index + 1)),
}));

const scale: CompareCommand[] = [
  ...answers,
  { id: "compare.both-good", label: "Both are good", shortcut: keys.bothGood, group: judging, undo: "now", run: ({ model }) => model.answer(model.activeKey, { choice: "both_good", value: 0 }) },
  {
    id: "compare.both-unacceptable",
    label: "Both are unacceptable",
    shortcut: keys.bothUnacceptable,
    group: judging,
    undo: "now",
    run: ({ model }) => model.answer(model.activeKey, { choice: "both_unacceptable", value: 0 }),
  },
];

/** What is the same for pairs and slates: between axes, how sure and why. */
export const saying: CompareCommand[] = [
  { id: "compare.next-axis", label: "Next axis", shortcut: ["ArrowDown", "n"], group: judging, undo: "never", run: ({ model }) => moveAxis(model, 1) },
  { id: "compare.previous-axis", label: "Previous axis", shortcut: ["ArrowUp", "shift+n"], group: judging, undo: "never", run: ({ model }) => moveAxis(model, -1) },
  { id: "compare.confidence", label: "How sure: a guess to certain", shortcut: keys.confidence, group: judging, undo: "now", run: ({ model }) => nextConfidence(model) },
  { id: "compare.reason", label: "Write a reason", shortcut: keys.reason, group: judging, undo: "never", run: () => focusOn(REASON_FIELD) },
];

function ofEach(position: PairPosition): CompareCommand[] {
  const name = positionNames[position].toLowerCase();
  return [
    {
      id: `compare.acceptable-${position}`,
      label: `${positionNames[position]}: acceptable, not acceptable, not said`,
      shortcut: keys.acceptable[position],
      group: responses,
      undo: "now",
      run: ({ model }) => model.change(withNextAcceptable(model.judgment, position)),
    },
    {
      id: `compare.clauses-${position}`,
      label: `Cite the clauses the ${name} breaks`,
      shortcut: keys.clauses[position],
      group: responses,
      undo: "never",
      isEnabled: ({ model }) => opinionOf(model.judgment, position).acceptable === false,
      run: () => document.getElementById(clausesOf(position))?.querySelector("button")?.focus(),
    },
    {
      id: `compare.rewrite-${position}`,
      label: `Write a better ${name} response`,
      shortcut: keys.rewrite[position],
      group: responses,
      undo: "never",
      run: ({ model }) => openRewrite(model, position),
    },
  ];
}

const hasPost = ({ scrollPost }: Reach): boolean => scrollPost !== null;

const differing: CompareCommand[] = [
  { id: "compare.words", label: "Show where the two differ", shortcut: keys.words, group: responses, undo: "never", run: ({ toggleWords }) => toggleWords() },
];

/** Reading and moving about. */
export const about: CompareCommand[] = [
  { id: "compare.texts", label: "Read the conversation and the responses, or hide them", shortcut: "v", group: responses, undo: "never", isEnabled: ({ toggleTexts }) => toggleTexts !== null, run: ({ toggleTexts }) => toggleTexts?.() },
  { id: "compare.rule", label: "Read the rule, or close it", shortcut: keys.rule, group: moving, undo: "never", run: ({ toggleRule }) => toggleRule() },
  { id: "compare.down", label: "Scroll down", shortcut: ["Space", "j"], group: moving, undo: "never", run: ({ scroll }) => scroll(1) },
  { id: "compare.up", label: "Scroll up", shortcut: ["shift+Space", "k"], group: moving, undo: "never", run: ({ scroll }) => scroll(-1) },
  { id: "compare.post-down", label: "Scroll the post down", shortcut: "shift+j", group: moving, undo: "never", isEnabled: hasPost, run: ({ scrollPost }) => scrollPost?.(1) },
  { id: "compare.post-up", label: "Scroll the post up", shortcut: "shift+k", group: moving, undo: "never", isEnabled: hasPost, run: ({ scrollPost }) => scrollPost?.(-1) },
];

/** The task as a whole. */
export const whole: CompareCommand[] = [
  { id: "compare.submit", label: "Submit and take the next pair", shortcut: "mod+Enter", group: task, undo: "never", whileTyping: true, run: ({ submit }) => submit() },
  { id: "compare.go-on", label: "Submit, then go on with this conversation", shortcut: "mod+shift+Enter", group: task, undo: "never", whileTyping: true, run: ({ goOn }) => goOn() },
  { id: "compare.skip", label: "Skip this pair and say why", shortcut: "s", group: task, undo: "never", run: ({ askSkip }) => askSkip() },
  { id: "compare.decline", label: "Decline this pair, without a reason", shortcut: "shift+d", group: task, undo: "never", run: ({ decline }) => decline() },
  { id: "compare.stop", label: "I need to stop: give everything back", shortcut: "shift+r", group: task, undo: "never", run: ({ stop }) => stop() },
  { id: "compare.undo", label: "Undo", shortcut: "mod+z", group: task, undo: "never", run: ({ session }) => session.undo() },
  { id: "compare.redo", label: "Redo", shortcut: ["mod+shift+z", "mod+y"], group: task, undo: "never", run: ({ session }) => session.redo() },
];

/** Every command of the page. Building the table fails when two share a key. */
export const compareCommands = new CommandTable<Reach>([
  ...scale,
  ...saying,
  ...ofEach("first"),
  ...ofEach("second"),
  ...differing,
  ...about,
  ...whole,
]);

/** The table as the page's shortcuts; the help is drawn from them. */
export function shortcutsOf(reach: Reach): Shortcut[] {
  return shortcutsFrom(compareCommands, reach);
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
  if (rewriteOf(model.judgment, position) === null) model.rewrite(position, textAt(model.bundle, position));
  // The field is there only after the page was drawn anew.
  window.requestAnimationFrame(() => focusOn(rewriteField(position)));
}

function focusOn(id: string): void {
  document.getElementById(id)?.focus();
}
