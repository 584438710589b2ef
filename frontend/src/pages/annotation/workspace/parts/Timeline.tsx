import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef } from "react";
import { evidenceOf } from "@/editor/records";
import { timecode } from "@/editor/time/timecode";
import { clauseHue, clauseNumber, useRecords, useWorkspace } from "../context";
import classes from "./media.module.css";

/** Where the video or sound stands, with its marks; a slider for hand and keyboard. */
export function Timeline({
  partId,
  label,
  durationUs,
  positionUs,
  pendingUs,
  valueText,
  onSeek,
  onStep,
  onRange,
  children,
}: {
  partId: string;
  label: string;
  durationUs: number;
  positionUs: number;
  /** Where a range was begun, if one was. */
  pendingUs: number | null;
  valueText: string;
  onSeek: (us: number) => void;
  onStep: (by: number) => void;
  /** A stretch dragged out with Shift held, or always where dragging marks. */
  onRange?: (fromUs: number, toUs: number) => void;
  children?: ReactNode;
}) {
  const { bundle, store, selected, select, setActiveKey } = useWorkspace();
  const records = useRecords(store);
  const track = useRef<HTMLDivElement>(null);
  const from = useRef<number | null>(null);
  const share = (us: number): string => `${Math.min(Math.max(us / Math.max(durationUs, 1), 0), 1) * 100}%`;

  const timeAt = (event: PointerEvent): number => {
    const box = track.current?.getBoundingClientRect();
    if (box === undefined || box.width === 0) return 0;
    return Math.min(Math.max((event.clientX - box.left) / box.width, 0), 1) * durationUs;
  };
  const down = (event: PointerEvent<HTMLDivElement>): void => {
    if (event.button !== 0 || event.target instanceof HTMLButtonElement) return;
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
    if (event.shiftKey && Math.abs(end - start) > durationUs / 500) onRange?.(start, end);
  };
  const key = (event: KeyboardEvent): void => {
    const by = { ArrowLeft: -1, ArrowRight: 1, PageDown: -10, PageUp: 10 }[event.key];
    if (by !== undefined) onStep(by);
    else if (event.key === "Home") onSeek(0);
    else if (event.key === "End") onSeek(durationUs);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  const marks = evidenceOf(records).flatMap((record) => {
    const { data } = record;
    if (data.kind === "whole_post" || data.part_id !== partId) return [];
    if (data.kind === "time_range") return [{ record, start: data.start_us, end: data.end_us }];
    if ("pts_us" in data && typeof data.pts_us === "number") return [{ record, start: data.pts_us, end: data.pts_us }];
    return [];
  });

  return (
    <div
      ref={track}
      className={classes.timeline}
      dir="ltr"
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
      {children}
      <div className={classes.played} style={{ width: share(positionUs) }} />
      {pendingUs !== null && (
        <div
          className={classes.pending}
          style={{
            insetInlineStart: share(Math.min(pendingUs, positionUs)),
            width: share(Math.abs(positionUs - pendingUs)),
          }}
        />
      )}
      {marks.map(({ record, start, end }) => (
        <button
          key={record.id}
          type="button"
          tabIndex={-1}
          className={classes.mark}
          data-selected={record.id === selected || undefined}
          style={{ insetInlineStart: share(start), width: share(end - start), background: clauseHue(bundle, record.clauseKey) }}
          title={`Question ${clauseNumber(bundle, record.clauseKey)}, ${timecode(start)}`}
          aria-label={`Mark of question ${clauseNumber(bundle, record.clauseKey)} at ${timecode(start)}`}
          onClick={() => {
            setActiveKey(record.clauseKey);
            select(record.id);
            onSeek(start);
          }}
        />
      ))}
      <div className={classes.head} style={{ insetInlineStart: share(positionUs) }} />
    </div>
  );
}
