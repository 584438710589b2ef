import { type Point } from "../geometry";
import { targetAt } from "../hitting";
import { type EvidenceRecord, evidenceOf, type RecordId } from "../records";
import { type Grip } from "../shapes/kind";
import { snapped } from "../snapping";
import { EditorStore } from "../store";
import { shapesOn } from "../tools/place";
import { type PointerInput, type Surface, type Target, type Tool, type ToolContext } from "../tools/tool";

/** Drives tools as a hand does: press, drag, let go. */
export class Hand {
  readonly store = new EditorStore([], counter());
  chosen = new Set<RecordId>();
  hidden = new Set<RecordId>();
  finished = 0;
  clauseKey: string | null = "hate";
  brushRadius = 5;
  isSnapping = false;
  shift = false;
  alt = false;
  panned: Point = { x: 0, y: 0 };
  surface: Surface = {
    partId: "part-1",
    assetSha256: "ab".repeat(32),
    size: { width: 200, height: 100 },
    frame: null,
    ptsUs: null,
  };

  constructor(public tool: Tool) {}

  get selected(): RecordId | null {
    return [...this.chosen].at(-1) ?? null;
  }

  set selected(id: RecordId | null) {
    this.chosen = new Set(id === null ? [] : [id]);
  }

  get context(): ToolContext {
    return {
      store: this.store,
      surface: this.surface,
      clauseKey: this.clauseKey,
      selected: this.selected,
      chosen: this.chosen,
      brushRadius: this.brushRadius,
      snap: ({ point, scale }, except) =>
        this.isSnapping
          ? snapped(point, scale, this.surface.size, shapesOn(this.store.snapshot(), this.surface), except)
          : point,
      pan: ({ x, y }) => {
        this.panned = { x: this.panned.x + x, y: this.panned.y + y };
      },
      select: (id) => {
        this.selected = id;
      },
      choose: (ids) => {
        this.chosen = new Set(ids);
      },
      isHidden: (id) => this.hidden.has(id),
      finish: () => {
        this.finished += 1;
      },
    };
  }

  /** Press on what lies there, or on what is said to. */
  press(x: number, y: number, target?: Target): this {
    this.tool.pointerDown(this.input(x, y, target), this.context);
    return this;
  }

  drag(x: number, y: number): this {
    this.tool.pointerMove(this.input(x, y), this.context);
    return this;
  }

  release(x: number, y: number): this {
    this.tool.pointerUp(this.input(x, y), this.context);
    return this;
  }

  click(x: number, y: number): this {
    return this.drag(x, y).press(x, y).release(x, y);
  }

  enter(): this {
    this.tool.finish(this.context);
    return this;
  }

  back(): this {
    this.tool.stepBack(this.context);
    return this;
  }

  escape(): this {
    this.tool.cancel(this.context);
    return this;
  }

  get shapes(): EvidenceRecord[] {
    return evidenceOf(this.store.snapshot());
  }

  /** The only shape there is. */
  get shape(): EvidenceRecord {
    const [first, ...others] = this.shapes;
    if (first === undefined || others.length > 0) throw new Error(`There are ${this.shapes.length} shapes.`);
    return first;
  }

  private input(x: number, y: number, target?: Target): PointerInput {
    const point = { x, y };
    const shapes = shapesOn(this.store.snapshot(), this.surface);
    return {
      point,
      target: target ?? targetAt(point, 1, shapes, this.chosen),
      shift: this.shift,
      alt: this.alt,
      scale: 1,
    };
  }
}

export const onShape = (id: EvidenceRecord["id"]): Target => ({ on: "shape", id });
export const onHandle = (id: EvidenceRecord["id"], handle: Grip): Target => ({ on: "handle", id, handle });

function counter(): () => string {
  let next = 0;
  return () => String((next += 1));
}
