import { createContext, type RefObject, useContext, useSyncExternalStore } from "react";
import type { Chosen } from "@/editor/choosing";
import type { EvidenceData, RecordId, Records } from "@/editor/records";
import type { EditorStore } from "@/editor/store";
import type { PictureViews } from "@/editor/view";
import type { Looking } from "@/work/seeing/useSights";
import type { LabelBundle, PostPart } from "./bundle";
import type { DrawingDesk, DrawingSettings, ToolName } from "./drawing";
import type { Player } from "./player";
import type { SuggestedItem } from "./suggestions/items";

export interface Suggested {
  readonly items: readonly SuggestedItem[];
  readonly current: string | null;
  /** The same at this very moment, for commands. */
  readonly here: () => string | null;
  readonly setCurrent: (item: string | null) => void;
}

/** Rulings beside the work: whether they stand there, and which of them is open. */
export interface Rulings {
  readonly isOpen: boolean;
  readonly setOpen: (open: boolean) => void;
  readonly openId: string | null;
  readonly setOpenId: (id: string | null) => void;
}

/** Everything the parts, the questions and the commands of one task share. */
export interface Workspace extends Looking {
  readonly bundle: LabelBundle;
  /** In review marks are looked at, not made. */
  readonly isReadOnly: boolean;
  readonly store: EditorStore;
  /** The question being answered; marks belong to it. */
  readonly activeKey: string;
  readonly setActiveKey: (key: string) => void;
  /** The mark chosen last; what is reshaped, followed and told more about. */
  readonly selected: RecordId | null;
  /** Choose one mark alone, or none. */
  readonly select: (id: RecordId | null) => void;
  /** Every chosen mark, `selected` among them; what is moved, deleted, copied, ordered and given to a question. */
  readonly chosen: Chosen;
  /** Choose these, the last of them as the selected one. */
  readonly choose: (ids: readonly RecordId[]) => void;
  readonly tool: ToolName;
  readonly setTool: (tool: ToolName) => void;
  /** How marks are looked at; no part of what is kept or sent. */
  readonly drawing: DrawingSettings;
  readonly setDrawing: (change: Partial<DrawingSettings>) => void;
  /** The picture a hand is busy on. */
  readonly desk: DrawingDesk;
  /** Zoom and place of every picture. */
  readonly views: PictureViews;
  /** The part the keyboard works on. */
  readonly activePartId: string;
  readonly setActivePart: (id: string) => void;
  readonly players: RefObject<Map<string, Player>>;
  /** Add evidence to the question being answered, when it takes this kind. */
  readonly addEvidence: (data: EvidenceData) => void;
  /** Whether the question being answered takes evidence of this kind. */
  readonly takes: (kind: string) => boolean;
  /** The part whose text the keyboard is marking; null when it is not. */
  readonly textCursorPart: string | null;
  readonly setTextCursorPart: (id: string | null) => void;
  /** What models suggest, and the one the keyboard stands on. */
  readonly suggested: Suggested;
  /** The rulings on posts like this one, where the page offers them. */
  readonly rulings?: Rulings;
  readonly isGuideOpen: boolean;
  readonly setGuideOpen: (open: boolean) => void;
}

export const WorkspaceContext = createContext<Workspace | null>(null);

export function useWorkspace(): Workspace {
  const workspace = useContext(WorkspaceContext);
  if (workspace === null) throw new Error("There is no task on this page.");
  return workspace;
}

export function useRecords(store: EditorStore): Records {
  return useSyncExternalStore(store.subscribe, store.snapshot);
}

/** Colours of questions, told apart by people who see colour differently; each also has its number. */
const hues = ["#0e7f9b", "#b4521e", "#6a4aa5", "#3f7d2c", "#a8326b", "#8a6a00", "#335fb3", "#7a4a2f"] as const;

export function clauseNumber(bundle: LabelBundle, key: string): number {
  return bundle.clauses.findIndex((clause) => clause.key === key) + 1;
}

export function clauseHue(bundle: LabelBundle, key: string): string {
  return hueOf(clauseNumber(bundle, key) - 1);
}

/** The colour of the n-th question, or in review of the n-th person. */
export function hueOf(index: number): string {
  return hues[(index + hues.length) % hues.length] ?? hues[0];
}

export function partOf(bundle: LabelBundle, id: string): PostPart | undefined {
  return bundle.post.parts.find((part) => part.id === id);
}
