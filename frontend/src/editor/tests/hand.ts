import { type Handle } from "../geometry";
import { type EvidenceRecord, evidenceOf, type RecordId } from "../records";
import { EditorStore } from "../store";
import { type PointerInput, type Surface, type Target, type Tool, type ToolContext } from "../tools/tool";

/** Drives tools as a hand does: press, drag, let go. */
export class Hand {
  readonly store = new EditorStore([], counter());
  selected: RecordId | null = null;
  finished = 0;
  clauseKey: string | null = "hate";
  surface: Surface = {
    partId: "part-1",
    assetSha256: "ab".repeat(32),
    size: { width: 200, height: 100 },
    frame: null,
    ptsUs: null,
  };

  constructor(readonly tool: Tool) {}

  get context(): ToolContext {
    return {
      store: this.store,
      surface: this.surface,
      clauseKey: this.clauseKey,
      selected: this.selected,
      select: (id) => {
        this.selected = id;
      },
      finish: () => {
        this.finished += 1;
      },
    };
  }

  press(x: number, y: number, target: Target = { on: "canvas" }): this {
    this.tool.pointerDown(input(x, y, target), this.context);
    return this;
  }

  drag(x: number, y: number): this {
    this.tool.pointerMove(input(x, y), this.context);
    return this;
  }

  release(x: number, y: number): this {
    this.tool.pointerUp(input(x, y), this.context);
    return this;
  }

  escape(): this {
    this.tool.cancel(this.context);
    return this;
  }

  get shapes(): EvidenceRecord[] {
    return evidenceOf(this.store.snapshot());
  }
}

export const onShape = (id: RecordId): Target => ({ on: "shape", id });
export const onHandle = (id: RecordId, handle: Handle): Target => ({ on: "handle", id, handle });

function input(x: number, y: number, target: Target = { on: "canvas" }): PointerInput {
  return { point: { x, y }, target, shift: false, scale: 1 };
}

function counter(): () => string {
  let next = 0;
  return () => String((next += 1));
}
