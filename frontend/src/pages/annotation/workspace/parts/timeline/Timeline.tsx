import { type KeyboardEvent, type PointerEvent, type ReactNode, useEffect, useRef } from "react";
import { useElementSize, useMergedRef } from "@mantine/hooks";
import { timecode } from "@/editor/time/timecode";
import { scrolled, shareAt, ticks, type TimeView, usAt, zoomed } from "@/editor/time/viewport";
import { Lanes, type LanesProps } from "./Lanes";
import { Overview } from "./Overview";
import type { TimeZoom } from "./useTimeView";
import classes from "./timeline.module.css";

/** Room a written time takes, in screen pixels. */
const TICK_WIDTH = 84;

export interface TimelineProps extends Omit<LanesProps, "view" | "width"> {
  readonly label: string;
  readonly positionUs: number;
  /** Where a range was begun, if one was. */
  readonly pendingUs: number | null;
  readonly valueText: string;
  readonly loop: { readonly startUs: number; readonly endUs: number } | null;
  readonly zoom: TimeZoom;
  readonly onStep: (by: number) => void;
  /** What lies under the position: a film strip, a wave. */
  readonly children?: (view: TimeView, width: number) => ReactNode;
}

/** Where the video or sound stands, and under it its marks in lanes; a slider for hand and keyboard. */
export function Timeline(props: TimelineProps) {
  const { durationUs, positionUs, pendingUs, loop, zoom, onSeek, onStep, onRange, label, valueText, children } = props;
  const { view, setView } = zoom;
  const area = useRef<HTMLDivElement>(null);
  const scrubber = useRef<HTMLDivElement>(null);
  const { ref: sized, width } = useElementSize<HTMLDivElement>();
  const from = useRef<number | null>(null);
  useWheel(area, scrubber, view, durationUs, setView);

  const timeAt = (event: PointerEvent): number => {
    const box = scrubber.current?.getBoundingClientRect();
    return box === undefined || box.width === 0 ? 0 : usAt(view, (event.clientX - box.left) / box.width);
  };
  const down = (event: PointerEvent<HTMLDivElement>): void => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    from.current = timeAt(event);
    onSeek(from.current);
  };
  const move = (event: PointerEvent<HTMLDivElement>): void => {
    if (from.current !== null) onSeek(timeAt(event));
  };
  const up = (event: PointerEvent<HTMLDivElement>): void => {
    const start = from.current;
    from.current = null;
    if (start === null) return;
    const end = timeAt(event);
    if (event.shiftKey && Math.abs(end - start) > (view.endUs - view.startUs) / 500) onRange?.(start, end);
  };
  const key = (event: KeyboardEvent): void => {
    const by = { ArrowLeft: -1, ArrowRight: 1, PageDown: -10, PageUp: 10 }[event.key];
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (by !== undefined) onStep(event.shiftKey ? 10 * by : by);
    else if (event.key === "Home") onSeek(0);
    else if (event.key === "End") onSeek(durationUs);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const at = (us: number): string => `${shareAt(view, us) * 100}%`;

  return (
    <div ref={area} className={classes.timeline} dir="ltr">
      <div className={classes.ruler} aria-hidden>
        {ticks(view, Math.max(Math.floor(width / TICK_WIDTH), 2)).map((us) => (
          <span key={us} className={classes.tick} style={{ insetInlineStart: at(us) }}>
            {timecode(us, view.endUs - view.startUs < 8e6 ? 2 : 0)}
          </span>
        ))}
      </div>
      <div
        ref={useMergedRef(scrubber, sized)}
        className={classes.scrubber}
        data-filled={children !== undefined || undefined}
        role="slider"
        tabIndex={0}
        aria-label={`Position in ${label}`}
        aria-valuemin={0}
        aria-valuemax={Math.round(durationUs / 1000)}
        aria-valuenow={Math.round(positionUs / 1000)}
        aria-valuetext={valueText}
        onPointerDown={down}
        onPointerMove={move}
        onPointerUp={up}
        onKeyDown={key}
      >
        {children?.(view, width)}
        {children === undefined && <div className={classes.played} style={{ width: at(positionUs) }} />}
        {loop !== null && (
          <div className={classes.loop} style={{ insetInlineStart: at(loop.startUs), width: `${((loop.endUs - loop.startUs) / (view.endUs - view.startUs)) * 100}%` }} />
        )}
        {pendingUs !== null && (
          <div
            className={classes.pending}
            style={{
              insetInlineStart: at(Math.min(pendingUs, positionUs)),
              width: `${(Math.abs(positionUs - pendingUs) / (view.endUs - view.startUs)) * 100}%`,
            }}
          />
        )}
      </div>
      <Lanes {...props} view={view} width={width} />
      <div className={classes.over} aria-hidden>
        <div className={classes.head} style={{ insetInlineStart: at(positionUs) }} />
      </div>
      {!zoom.isWhole && <Overview durationUs={durationUs} positionUs={positionUs} view={view} onView={setView} />}
    </div>
  );
}

/** Ctrl and the wheel come closer about the pointer; sideways, the wheel scrolls. */
function useWheel(
  area: React.RefObject<HTMLDivElement | null>,
  scrubber: React.RefObject<HTMLDivElement | null>,
  view: TimeView,
  durationUs: number,
  setView: (view: TimeView) => void,
): void {
  useEffect(() => {
    const element = area.current;
    const onWheel = (event: WheelEvent): void => {
      const box = scrubber.current?.getBoundingClientRect();
      const isZoom = event.ctrlKey || event.metaKey;
      const sideways = event.shiftKey && event.deltaX === 0 ? event.deltaY : event.deltaX;
      if (box === undefined || (!isZoom && Math.abs(sideways) < Math.abs(event.shiftKey ? 0 : event.deltaY))) return;
      event.preventDefault();
      if (isZoom) setView(zoomed(view, durationUs, 1.0015 ** -event.deltaY, usAt(view, (event.clientX - box.left) / box.width)));
      else setView(scrolled(view, durationUs, (sideways / box.width) * (view.endUs - view.startUs)));
    };
    element?.addEventListener("wheel", onWheel, { passive: false });
    return () => element?.removeEventListener("wheel", onWheel);
  }, [area, scrubber, view, durationUs, setView]);
}
