import { touchedBy } from "../../choosing";
import { between, type Rectangle } from "../../geometry";
import { shapesOn } from "../place";
import { hasDragged, type PointerInput, type ToolContext, type ToolState } from "../tool";

/**
 * Pressed on the bare picture: a drag draws a band and chooses what it touches, with Shift besides what was
 * chosen before; a click lets go of everything.
 */
export function banding(from: PointerInput, start: ToolContext, back: ToolState): ToolState {
  const before = from.shift ? [...start.chosen] : [];
  const bandTo = (input: PointerInput): Rectangle | null => (hasDragged(from.point, input) ? between(from.point, input.point) : null);
  const stateWith = (band: Rectangle | null): ToolState => ({
    id: "banding",
    cursor: "default",
    band,
    pointerMove: (input) => stateWith(bandTo(input) ?? band),
    pointerUp(input, context) {
      const last = bandTo(input);
      const seen = shapesOn(context.store.snapshot(), context.surface).filter(({ record }) => !context.isHidden(record.id));
      const touched = last === null ? [] : touchedBy(last, seen);
      context.choose([...new Set([...before, ...touched])]);
      return back;
    },
    cancel: () => back,
  });
  return stateWith(null);
}
