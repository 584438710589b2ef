import { type EvidenceRecord, type Records } from "../records";
import { type Surface } from "./tool";

/** The shapes that belong on a surface: of its part, and of the frame on screen when it is a video. */
export function shapesOn(records: Records, surface: Surface): EvidenceRecord[] {
  const found: EvidenceRecord[] = [];
  for (const record of records.values()) {
    if (record.type !== "evidence") continue;
    const { data } = record;
    if (data.kind !== "box" && data.kind !== "polygon" && data.kind !== "point") continue;
    if (data.part_id !== surface.partId) continue;
    if ((data.frame ?? null) !== surface.frame) continue;
    found.push(record);
  }
  return found.sort((a, b) => a.order - b.order);
}
