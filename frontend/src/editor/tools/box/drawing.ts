import { between, insidePoint, isBigEnough, type Point, rounded } from "../../geometry";
import { type EvidenceRecord } from "../../records";
import { type PointerInput, type ToolContext, type ToolState } from "../tool";
import { idle } from "./idle";

/** Dragging out a new box. The whole drag is one step; Escape takes it back. */
export function drawing(from: Point): ToolState {
  let record: EvidenceRecord | null = null;
  const state: ToolState = {
    id: "drawing",
    cursor: "crosshair",
    pointerMove(input, context) {
      if (context.clauseKey === null) return idle;
      if (record === null) {
        context.store.begin("Draw a box");
        record = newBox(from, context, context.clauseKey);
      }
      record = { ...record, data: { ...record.data, ...shape(from, input, context) } };
      context.store.put(record, { label: "Draw a box" });
      return state;
    },
    pointerUp(input, context) {
      state.pointerMove?.(input, context);
      if (record === null || record.data.kind !== "box" || !isBigEnough(record.data)) return abandon(context);
      context.store.end();
      context.select(record.id);
      context.finish();
      return idle;
    },
    cancel: abandon,
  };
  return state;
}

function abandon(context: ToolContext): ToolState {
  context.store.cancel();
  return idle;
}

function shape(from: Point, input: PointerInput, { surface }: ToolContext) {
  return rounded(between(insidePoint(from, surface.size), insidePoint(input.point, surface.size)));
}

function newBox(from: Point, { store, surface }: ToolContext, clauseKey: string): EvidenceRecord {
  const position = surface.frame === null ? {} : { frame: surface.frame, pts_us: surface.ptsUs };
  return {
    type: "evidence",
    ...store.fresh(),
    clauseKey,
    data: {
      kind: "box",
      part_id: surface.partId,
      asset_sha256: surface.assetSha256,
      ...position,
      x: from.x,
      y: from.y,
      width: 0,
      height: 0,
    },
  };
}
