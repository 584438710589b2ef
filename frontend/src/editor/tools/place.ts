import { type EvidenceData, type EvidenceRecord, type RecordId, type Records, type Shape } from "../records";
import { isShape } from "../shapes";
import { reshaped, trackAt } from "../time/tracks";
import { type Surface } from "./tool";

/** A mark together with the shape it has on the picture being looked at. */
export interface Placed {
  readonly record: EvidenceRecord;
  readonly shape: Shape;
  /** A track where it was set by hand on this frame, is hidden behind something, or has no more to say. */
  readonly isKeyframe: boolean;
  readonly isOccluded: boolean;
  readonly isGhost: boolean;
}

/** The shape a mark has on a surface: of its part, and of the frame on screen when it is a video; null when it has none. */
export function shapeOn(data: EvidenceData, surface: Surface): Shape | null {
  if (isShape(data)) return data.part_id === surface.partId && (data.frame ?? null) === surface.frame ? data : null;
  if (data.kind !== "track" || data.part_id !== surface.partId) return null;
  return trackAt(data, surface)?.shape ?? null;
}

/** A mark's data with another shape on this surface; of a track, a keyframe there. */
export function withShape(data: EvidenceData, shape: Shape, surface: Surface): EvidenceData {
  if (data.kind !== "track") return shape;
  if (shape.kind !== "box" && shape.kind !== "polygon" && shape.kind !== "point") return data;
  return reshaped(data, shape, surface);
}

/**
 * Everything drawn on a surface, from the bottom to the top. Of tracks that end before this frame or are
 * outside the picture only the selected one, as a ghost that can be taken hold of.
 */
export function shapesOn(records: Records, surface: Surface, selected: RecordId | null = null): Placed[] {
  const found: Placed[] = [];
  for (const record of records.values()) {
    if (record.type !== "evidence") continue;
    const placed = placedAs(record, surface);
    if (placed !== null && (!placed.isGhost || record.id === selected)) found.push(placed);
  }
  return found.sort((a, b) => a.record.order - b.record.order);
}

/** The shape with this identity, as it lies on the surface. */
export function placedOn(records: Records, id: EvidenceRecord["id"], surface: Surface): Placed | null {
  const record = records.get(id);
  return record?.type === "evidence" ? placedAs(record, surface) : null;
}

function placedAs(record: EvidenceRecord, surface: Surface): Placed | null {
  const { data } = record;
  const shape = shapeOn(data, surface);
  if (shape === null) return null;
  const sight = data.kind === "track" ? trackAt(data, surface) : null;
  return {
    record,
    shape,
    isKeyframe: sight?.isKeyframe ?? true,
    isOccluded: sight?.isOccluded ?? shape.is_occluded ?? false,
    isGhost: sight !== null && (sight.isOutside || sight.isBeyond),
  };
}
