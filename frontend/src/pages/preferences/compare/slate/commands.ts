import { type Command, CommandTable } from "@/editor/commands";
import type { Shortcut } from "@/ui";
import { shortcutsFrom } from "@/work/commandShortcuts";
import type { SlateForm } from "../bundle";
import { about, clausesOf, judging, type Reach, responses, saying, whole } from "../commands";
import { opinionOf, withNextAcceptable } from "../judgment";
import { BEST, stepsOf, WORST } from "./placing";
import type { Slate } from "./useSlate";

interface SlateReach extends Reach {
  readonly slate: Slate;
}

type SlateCommand = Command<SlateReach>;

export const keys = { tie: "=", best: "b", worst: "w", clear: "Backspace", acceptable: "q", clauses: "shift+q", media: "e" } as const;

const digits = [1, 2, 3, 4, 5, 6, 7, 8, 9];

/** What is the same whatever is asked of the responses. */
export const ofResponses: SlateCommand[] = [
  { id: "slate.next", label: "Next response", shortcut: "ArrowRight", group: responses, undo: "never", run: ({ slate }) => slate.move(1) },
  { id: "slate.previous", label: "Previous response", shortcut: "ArrowLeft", group: responses, undo: "never", run: ({ slate }) => slate.move(-1) },
  {
    id: "slate.clear",
    label: "Take back what is said of the response",
    shortcut: keys.clear,
    group: judging,
    undo: "now",
    run: ({ slate }) => slate.clear(slate.active),
  },
  {
    id: "slate.acceptable",
    label: "The response: acceptable, not acceptable, not said",
    shortcut: keys.acceptable,
    group: responses,
    undo: "now",
    run: ({ model, slate }) => model.change(withNextAcceptable(model.judgment, slate.active)),
  },
  {
    id: "slate.clauses",
    label: "Cite the clauses the response breaks",
    shortcut: keys.clauses,
    group: responses,
    undo: "never",
    isEnabled: ({ model, slate }) => opinionOf(model.judgment, slate.active).acceptable === false,
    run: ({ slate }) => document.getElementById(clausesOf(slate.active))?.querySelector("button")?.focus(),
  },
];

const best: SlateCommand = {
  id: "slate.best",
  label: "The response is the best",
  shortcut: keys.best,
  group: judging,
  undo: "now",
  run: ({ slate }) => slate.name(slate.active, BEST),
};

/** What each form asks, as keys. */
export const ofForms: Readonly<Record<SlateForm, readonly SlateCommand[]>> = {
  ranking: [
    ...digits.map(
      (rank): SlateCommand => ({
        id: `slate.rank-${rank}`,
        label: `Put the response at rank ${rank}`,
        shortcut: String(rank),
        group: judging,
        undo: "now",
        isEnabled: ({ slate }) => rank <= slate.shown.length,
        run: ({ slate }) => slate.put(slate.active, rank),
      }),
    ),
    { id: "slate.rest", label: "Put the response to the rest", shortcut: "0", group: judging, undo: "now", run: ({ slate }) => slate.clear(slate.active) },
    { id: "slate.tie", label: "As good as the one ranked last", shortcut: keys.tie, group: judging, undo: "now", run: ({ slate }) => slate.tie() },
  ],
  best_worst: [
    best,
    { id: "slate.worst", label: "The response is the worst", shortcut: keys.worst, group: judging, undo: "now", run: ({ slate }) => slate.name(slate.active, WORST) },
    ...digits.map(
      (at): SlateCommand => ({
        id: `slate.look-${at}`,
        label: `Go to response ${at}`,
        shortcut: String(at),
        group: responses,
        undo: "never",
        isEnabled: ({ slate }) => at <= slate.shown.length,
        run: ({ slate }) => slate.setActive(slate.shown[at - 1] ?? slate.active),
      }),
    ),
  ],
  best: [
    best,
    ...digits.map(
      (at): SlateCommand => ({
        id: `slate.best-${at}`,
        label: `Response ${at} is the best`,
        shortcut: String(at),
        group: judging,
        undo: "now",
        isEnabled: ({ slate }) => at <= slate.shown.length,
        run: ({ slate }) => slate.name(slate.shown[at - 1] ?? slate.active, BEST),
      }),
    ),
  ],
  rating: [0, ...digits].map(
    (value): SlateCommand => ({
      id: `slate.rate-${value}`,
      label: `Rate the response ${value}`,
      shortcut: String(value),
      group: judging,
      undo: "now",
      isEnabled: ({ model }) => stepsOf(model.bundle.axes.find(({ key }) => key === model.activeKey)).some((step) => step.value === value),
      run: ({ slate }) => slate.put(slate.active, value),
    }),
  ),
};

/** Every command of each form's page. Building a table fails when two share a key. */
const tables: Readonly<Record<SlateForm, CommandTable<SlateReach>>> = {
  ranking: tableOf("ranking"),
  best_worst: tableOf("best_worst"),
  best: tableOf("best"),
  rating: tableOf("rating"),
};

function tableOf(form: SlateForm): CommandTable<SlateReach> {
  return new CommandTable<SlateReach>([...ofForms[form], ...ofResponses, ...saying, ...about, ...whole]);
}

/** The form's table as the page's shortcuts; the help is drawn from them. */
export function slateShortcutsOf(reach: SlateReach): Shortcut[] {
  return shortcutsFrom(tables[reach.slate.form], reach);
}
