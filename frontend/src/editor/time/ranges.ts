import { type TimeRangeMark } from "../records";
import { type FrameTable } from "./frameTable";

export interface MediaPlace {
  readonly partId: string;
  readonly assetSha256: string;
}

/** From one frame to another, both included, whichever comes first. */
export function rangeOfFrames(place: MediaPlace, table: FrameTable, a: number, b: number): TimeRangeMark {
  const start = table.clamped(Math.min(a, b));
  const end = table.clamped(Math.max(a, b));
  return {
    kind: "time_range",
    part_id: place.partId,
    asset_sha256: place.assetSha256,
    start_frame: start,
    end_frame: end,
    start_us: table.ptsOf(start),
    end_us: table.endOf(end),
  };
}

/** A stretch of sound inside its running time; null when it has no length. */
export function rangeOfSound(place: MediaPlace, aUs: number, bUs: number, durationUs: number): TimeRangeMark | null {
  const start = Math.max(0, Math.round(Math.min(aUs, bUs)));
  const end = Math.min(durationUs, Math.round(Math.max(aUs, bUs)));
  if (end <= start) return null;
  return { kind: "time_range", part_id: place.partId, asset_sha256: place.assetSha256, start_us: start, end_us: end };
}

export type Edge = "start" | "end";

/** The range with one edge elsewhere; moved past the other edge, it turns over. Null when nothing is left of it. */
export function rangeWithEdge(
  range: TimeRangeMark,
  edge: Edge,
  to: { readonly frame: number | null; readonly us: number },
  table: FrameTable | null,
  durationUs: number,
): TimeRangeMark | null {
  const place = { partId: range.part_id, assetSha256: range.asset_sha256 };
  if (table === null) return rangeOfSound(place, to.us, edge === "start" ? range.end_us : range.start_us, durationUs);
  const other = edge === "start" ? range.end_frame : range.start_frame;
  return rangeOfFrames(place, table, to.frame ?? table.frameAt(to.us), other ?? table.frameAt(edge === "start" ? range.end_us : range.start_us));
}
