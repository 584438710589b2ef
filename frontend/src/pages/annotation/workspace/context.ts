import { createContext, type RefObject, useContext, useSyncExternalStore } from "react";
import type { EvidenceData, RecordId, Records } from "@/editor/records";
import type { EditorStore } from "@/editor/store";
import type { LabelBundle, PostPart } from "./bundle";
import type { Player } from "./player";

export type ToolName = "select" | "box";

/** Everything the parts, the questions and the commands of one task share. */
export interface Workspace {
  readonly bundle: LabelBundle;
  /** In review marks are looked at, not made. */
  readonly isReadOnly: boolean;
  readonly store: EditorStore;
  /** The question being answered; marks belong to it. */
  readonly activeKey: string;
  readonly setActiveKey: (key: string) => void;
  readonly selected: RecordId | null;
  readonly select: (id: RecordId | null) => void;
  readonly tool: ToolName;
  readonly setTool: (tool: ToolName) => void;
  /** The part the keyboard works on. */
  readonly activePartId: string;
  readonly setActivePart: (id: string) => void;
  readonly revealed: ReadonlySet<string>;
  readonly reveal: (partId: string) => void;
  readonly cover: (partId: string) => void;
  readonly players: RefObject<Map<string, Player>>;
  /** Add evidence to the question being answered, when it takes this kind. */
  readonly addEvidence: (data: EvidenceData) => void;
  /** Whether the question being answered takes evidence of this kind. */
  readonly takes: (kind: string) => boolean;
  /** The part whose text the keyboard is marking; null when it is not. */
  readonly textCursorPart: string | null;
  readonly setTextCursorPart: (id: string | null) => void;
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
