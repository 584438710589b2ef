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
