import { type MaskShape } from "../records";
import { columnsOf, maskFields, remembered } from "../mask";
import { boundsOfColumns, isPainted, movedColumns } from "../mask/columns";
import { type ShapeKind } from "./kind";

export const maskKind: ShapeKind<MaskShape> = {
  bounds: (mask) => boundsOfColumns(columnsOf(mask)),
  holds: (mask, point) => isPainted(columnsOf(mask), point),
  moved(mask, by, within) {
    const columns = movedColumns(columnsOf(mask), by, within);
    return remembered({ ...mask, ...maskFields(columns, within) }, columns);
  },
  grips: () => [],
  reshaped: () => null,
  anchors: () => [],
};
