import { type PointerEvent, useRef } from "react";
import { scrolled, type TimeView } from "@/editor/time/viewport";
import classes from "./timeline.module.css";

/** The whole running time, small, and in it the stretch on the screen: to be dragged along. */
export function Overview({
  durationUs,
  positionUs,
  view,
  onView,
}: {
  durationUs: number;
  positionUs: number;
  view: TimeView;
  onView: (view: TimeView) => void;
}) {
  const bar = useRef<HTMLDivElement>(null);
  const share = (us: number): string => `${(us / Math.max(durationUs, 1)) * 100}%`;
  const centre = (event: PointerEvent<HTMLDivElement>): void => {
    if (event.buttons % 2 === 0) return;
    const box = bar.current?.getBoundingClientRect();
    if (box === undefined) return;
    const us = ((event.clientX - box.left) / box.width) * durationUs;
    onView(scrolled(view, durationUs, us - (view.startUs + view.endUs) / 2));
  };
  return (
    <div
      ref={bar}
      className={classes.overview}
      aria-hidden
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        centre(event);
      }}
      onPointerMove={centre}
    >
      <div className={classes.window} style={{ insetInlineStart: share(view.startUs), width: share(view.endUs - view.startUs) }} />
      <div className={classes.here} style={{ insetInlineStart: share(positionUs) }} />
    </div>
  );
}
