import { type Handle, type Point, type Size } from "../geometry";
import { type EditorStore } from "../store";
import { type RecordId } from "../records";

/** What lies under the pointer, as the surface found it. */
export type Target =
  | { readonly on: "canvas" }
  | { readonly on: "shape"; readonly id: RecordId }
  | { readonly on: "handle"; readonly id: RecordId; readonly handle: Handle };

/** A pointer event in pixels of the asset. */
export interface PointerInput {
  readonly point: Point;
  readonly target: Target;
  readonly shift: boolean;
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
}

/** What tools may touch: the records, the selection, and whose evidence they draw. */
export interface ToolContext {
  readonly store: EditorStore;
  readonly surface: Surface;
  /** The clause new marks belong to; null when none may be drawn now. */
  readonly clauseKey: string | null;
  readonly selected: RecordId | null;
  select(id: RecordId | null): void;
  /** A drawing tool hands back to the pointer when it is done. */
  finish(): void;
}

/** One state of a tool. Each handler returns the next state; returning `this` stays. */
export interface ToolState {
  readonly id: string;
  readonly cursor: string;
  /** Called on the way in from another state. */
  enter?(context: ToolContext): void;
  pointerDown?(input: PointerInput, context: ToolContext): ToolState;
  pointerMove?(input: PointerInput, context: ToolContext): ToolState;
  pointerUp?(input: PointerInput, context: ToolContext): ToolState;
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
