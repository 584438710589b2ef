import { type Chosen } from "../choosing";
import { type Point, type Rectangle, type Size } from "../geometry";
import { type EvidenceData, type EvidenceRecord, type RecordId, type Shape } from "../records";
import { type Grip } from "../shapes/kind";
import { type EditorStore } from "../store";
import { begun, isFollowed } from "../time/tracks";

/** What lies under the pointer, as the surface found it. */
export type Target =
  | { readonly on: "canvas" }
  | { readonly on: "shape"; readonly id: EvidenceRecord["id"] }
  | { readonly on: "handle"; readonly id: EvidenceRecord["id"]; readonly handle: Grip };

/** A pointer event in pixels of the asset. */
export interface PointerInput {
  readonly point: Point;
  readonly target: Target;
  readonly shift: boolean;
  readonly alt: boolean;
  /** Asset pixels per screen pixel: how far is far. */
  readonly scale: number;
}

/** The picture being drawn on: an image, or the frame of a video that is on screen. */
export interface Surface {
  readonly partId: string;
  readonly assetSha256: string;
  readonly size: Size;
  readonly frame: number | null;
  readonly ptsUs: number | null;
  /** Whether a box, an outline or a point newly drawn begins a track. */
  readonly follows?: boolean;
}

/** What tools may touch: the records, the selection, and whose evidence they draw. */
export interface ToolContext {
  readonly store: EditorStore;
  readonly surface: Surface;
  /** The clause new marks belong to; null when none may be drawn now. */
  readonly clauseKey: string | null;
  /** The mark chosen last; the one that is reshaped. */
  readonly selected: RecordId | null;
  /** Every chosen mark, `selected` among them. */
  readonly chosen: Chosen;
  /** In pixels of the asset. */
  readonly brushRadius: number;
  /** Where a point comes to lie: on something near it while snapping is on. `except` is the shape being changed. */
  snap(input: PointerInput, except?: RecordId): Point;
  /** Move the picture under the window, in pixels of the asset. */
  pan(by: Point): void;
  /** Choose one mark alone, or none. */
  select(id: RecordId | null): void;
  /** Choose these, the last of them as the selected one. */
  choose(ids: readonly RecordId[]): void;
  /** Whether a mark is not shown now, and so not to be taken by a drag over it. */
  isHidden(id: RecordId): boolean;
  /** A drawing tool hands back to the pointer when it is done. */
  finish(): void;
}

/** One state of a tool. Each handler returns the next state; returning `this` stays. */
export interface ToolState {
  readonly id: string;
  readonly cursor: string;
  /** What is being made and is not a record yet; drawn, never kept. */
  readonly preview?: Shape | null;
  /** A stretch of the picture being chosen from; drawn, never kept. */
  readonly band?: Rectangle | null;
  /** Called on the way in from another state. */
  enter?(context: ToolContext): void;
  pointerDown?(input: PointerInput, context: ToolContext): ToolState;
  pointerMove?(input: PointerInput, context: ToolContext): ToolState;
  pointerUp?(input: PointerInput, context: ToolContext): ToolState;
  /** Enter: be done with what has no natural end. */
  finish?(context: ToolContext): ToolState;
  /** Undo or Backspace on the way: take back the last step of what is not done yet. */
  stepBack?(context: ToolContext): ToolState;
  /** Escape, a lost pointer, another tool: leave nothing half done. */
  cancel?(context: ToolContext): ToolState;
}

/** A tool: a state machine fed by pointer events. */
export class Tool {
  private state: ToolState;

  constructor(
    readonly id: string,
    private readonly initial: ToolState,
  ) {
    this.state = initial;
  }

  get path(): string {
    return `${this.id}.${this.state.id}`;
  }

  get cursor(): string {
    return this.state.cursor;
  }

  get preview(): Shape | null {
    return this.state.preview ?? null;
  }

  get band(): Rectangle | null {
    return this.state.band ?? null;
  }

  /** Whether something is under way that Escape would take back. */
  get isBusy(): boolean {
    return this.state !== this.initial;
  }

  pointerDown(input: PointerInput, context: ToolContext): void {
    this.go(this.state.pointerDown?.(input, context), context);
  }

  pointerMove(input: PointerInput, context: ToolContext): void {
    this.go(this.state.pointerMove?.(input, context), context);
  }

  pointerUp(input: PointerInput, context: ToolContext): void {
    this.go(this.state.pointerUp?.(input, context), context);
  }

  cancel(context: ToolContext): void {
    const next = this.state.cancel?.(context);
    this.go(next ?? this.initial, context);
  }

  /** Returns whether there was something to finish. */
  finish(context: ToolContext): boolean {
    if (this.state.finish === undefined) return false;
    this.go(this.state.finish(context), context);
    return true;
  }

  stepBack(context: ToolContext): boolean {
    if (this.state.stepBack === undefined) return false;
    this.go(this.state.stepBack(context), context);
    return true;
  }

  private go(next: ToolState | undefined, context: ToolContext): void {
    if (next === undefined || next === this.state) return;
    this.state = next;
    next.enter?.(context);
  }
}

/** Screen pixels a press may wander and still be a click. */
export const CLICK_SLACK = 3;

export function hasDragged(from: Point, input: PointerInput): boolean {
  return Math.hypot(input.point.x - from.x, input.point.y - from.y) > CLICK_SLACK * input.scale;
}

/** A new mark on the picture, for the question being answered. */
export function newMark(shape: Shape, { store, surface }: ToolContext, clauseKey: string): EvidenceRecord {
  return { type: "evidence", ...store.fresh(), clauseKey, data: markOf(shape, surface) };
}

/** A shape newly drawn as evidence: itself, or the start of a track. */
export function markOf(shape: Shape, surface: Surface): EvidenceData {
  return isFollowed(shape) ? begun(shape, surface) : shape;
}

/** The fields every shape on this picture carries. */
export function placeOn({ partId, assetSha256, frame, ptsUs }: Surface) {
  const time = frame === null ? {} : { frame, pts_us: ptsUs };
  return { part_id: partId, asset_sha256: assetSha256, ...time };
}
