import { type RefObject, useEffect } from "react";
import type { PictureView } from "@/editor/view";

/** Half a turn of a common wheel makes a picture about a quarter larger. */
const SPEED = 0.0022;
const LINE = 16;

/** Ctrl (or a pinch) with the wheel zooms at the pointer; a zoomed picture is moved by the wheel, a fitted one lets the page scroll. */
export function useWheel(layer: RefObject<HTMLElement | null>, view: PictureView): void {
  useEffect(() => {
    const element = layer.current;
    if (element === null) return;
    const onWheel = (event: WheelEvent): void => {
      const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE : 1;
      if (event.ctrlKey || event.metaKey) {
        event.preventDefault();
        const frame = element.getBoundingClientRect();
        view.zoomBy(Math.exp(-event.deltaY * unit * SPEED), { x: event.clientX - frame.left, y: event.clientY - frame.top });
        return;
      }
      if (!view.isZoomed) return;
      event.preventDefault();
      const [dx, dy] = event.shiftKey ? [event.deltaY, event.deltaX] : [event.deltaX, event.deltaY];
      view.panBy({ x: -dx * unit, y: -dy * unit });
    };
    // React listens passively to wheels; a page that scrolls under a zooming hand is no use.
    element.addEventListener("wheel", onWheel, { passive: false });
    return () => element.removeEventListener("wheel", onWheel);
  }, [layer, view]);
}
