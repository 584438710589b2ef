import { type Size } from "../geometry";
import { type MaskShape } from "../records";
import { packRuns, unpackRuns } from "./codec";
import { type Columns, fromRuns, nothing, toRuns, united } from "./columns";

const known = new WeakMap<object, Columns>();

/** What a mask paints; read once for each value. Run lengths that cannot be read paint nothing. */
export function columnsOf(mask: MaskShape): Columns {
  const before = known.get(mask);
  if (before !== undefined) return before;
  const columns = read(mask);
  known.set(mask, columns);
  return columns;
}

/** The fields of a mask that paints these columns of a picture. */
export function maskFields(columns: Columns, picture: Size): Pick<MaskShape, "size" | "counts"> {
  return { size: [picture.height, picture.width], counts: packRuns(toRuns(columns, picture)) };
}

/** One painted area of several on the same picture; keeps what is said of the first. Null for none. */
export function unitedMasks(masks: readonly MaskShape[]): MaskShape | null {
  const [first, ...others] = masks;
  if (first === undefined || others.some(({ size }) => size[0] !== first.size[0] || size[1] !== first.size[1])) return null;
  const columns = others.reduce((whole, mask) => united(whole, columnsOf(mask)), columnsOf(first));
  return remembered({ ...first, ...maskFields(columns, { width: first.size[1], height: first.size[0] }) }, columns);
}

/** Keep what is known of a mask that was just made, so that it is not read back. */
export function remembered(mask: MaskShape, columns: Columns): MaskShape {
  known.set(mask, columns);
  return mask;
}

function read({ size: [height, width], counts }: MaskShape): Columns {
  try {
    return fromRuns(unpackRuns(counts), { width, height });
  } catch {
    return nothing;
  }
}
