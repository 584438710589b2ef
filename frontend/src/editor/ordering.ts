import { type Chosen } from "./choosing";
import { type EvidenceRecord } from "./records";
import { type EditorStore } from "./store";
import { type Placed } from "./tools/place";

export type Rise = "forward" | "backward" | "front" | "back";

/**
 * Move shapes among those they share a picture with (`shapes`, from the bottom to the top), keeping their order
 * among themselves. What lies on top is what was marked last: the order is the order of the marks themselves, so
 * that it is sent with them.
 */
export function reordered(store: EditorStore, shapes: readonly Placed[], chosen: Chosen, to: Rise): void {
  const sequence = risen(shapes.map(({ record }) => record), chosen, to);
  const orders = shapes.map(({ record }) => record.order);
  store.edit(
    (draft) => sequence.forEach((record, index) => draft.set(record.id, { ...record, order: orders[index] ?? record.order })),
    { label: to === "forward" || to === "front" ? "Bring forward" : "Send backward" },
  );
}

function risen(records: readonly EvidenceRecord[], chosen: Chosen, to: Rise): EvidenceRecord[] {
  const isChosen = ({ id }: EvidenceRecord): boolean => chosen.has(id);
  const [mine, others] = [records.filter(isChosen), records.filter((record) => !isChosen(record))];
  if (to === "front") return [...others, ...mine];
  if (to === "back") return [...mine, ...others];
  // One step each, the foremost first, so that neighbours do not pass each other.
  const sequence = to === "forward" ? [...records].reverse() : [...records];
  for (let at = 1; at < sequence.length; at += 1) {
    const [before, here] = [sequence[at - 1], sequence[at]];
    if (before !== undefined && here !== undefined && isChosen(here) && !isChosen(before)) [sequence[at - 1], sequence[at]] = [here, before];
  }
  return to === "forward" ? sequence.reverse() : sequence;
}
