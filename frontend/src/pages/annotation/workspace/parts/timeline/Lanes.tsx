import { type PointerEvent, useState } from "react";
import { toggled } from "@/editor/choosing";
import { evidenceOf, type EvidenceRecord, type Records, type TimeRangeMark, type TrackMark } from "@/editor/records";
import type { FrameTable } from "@/editor/time/frameTable";
import { type Edge, rangeWithEdge } from "@/editor/time/ranges";
import { snapped } from "@/editor/time/snapping";
import { timecode } from "@/editor/time/timecode";
import { shareAt, type TimeView, usAt } from "@/editor/time/viewport";
import { clauseHue, clauseNumber, useRecords, useWorkspace } from "../../context";
import { SuggestedLane } from "../../suggestions/SuggestedLane";
import { TrackLane } from "./TrackLane";
import classes from "./timeline.module.css";

/** How near, in screen pixels, an edge is pulled to its neighbour. */
const SNAP = 7;

export interface LanesProps {
  readonly partId: string;
  readonly durationUs: number;
  /** The time of the first frame: marks count from there. */
  readonly originUs: number;
  readonly table: FrameTable | null;
  readonly view: TimeView;
  readonly width: number;
  /** Further places edges are pulled to, such as where sound begins. */
  readonly places?: readonly number[];
  readonly onSeek: (us: number) => void;
  /** A stretch dragged out; absent where none may be marked now. */
  readonly onRange: ((fromUs: number, toUs: number) => void) | undefined;
}

/** The marks in this part, a lane for each question and one for each track. */
export function Lanes(props: LanesProps) {
  const { bundle, store, activeKey, takes } = useWorkspace();
  const records = useRecords(store);
  const inPart = evidenceOf(records).filter(({ data }) => data.kind !== "whole_post" && data.part_id === props.partId);
  const timed = inPart.filter((record) => spanOf(record) !== null);
  const tracks = inPart.flatMap((record) => (record.data.kind === "track" ? [{ record, track: record.data }] : []));
  const keys = bundle.clauses
    .map((clause) => clause.key)
    .filter((key) => timed.some((record) => record.clauseKey === key) || (key === activeKey && takes("time_range")));
  return (
    <div className={classes.lanes}>
      {keys.map((key) => (
        <MarkLane key={key} {...props} clauseKey={key} marks={timed.filter((record) => record.clauseKey === key)} records={records} />
      ))}
      <SuggestedLane {...props} />
      {tracks.map(({ record, track }, index) => (
        <TrackLane key={record.id} {...props} record={record} track={track} number={index + 1} />
      ))}
    </div>
  );
}

/** Ranges and single frames that answer one question. Dragging in it marks another range. */
function MarkLane(props: LanesProps & { clauseKey: string; marks: readonly EvidenceRecord[]; records: Records }) {
  const { view, width, originUs, onRange, onSeek, clauseKey, marks, records } = props;
  const { bundle, activeKey, setActiveKey, select, isReadOnly } = useWorkspace();
  const [drag, setDrag] = useState<{ readonly from: number; readonly to: number } | null>(null);
  const hue = clauseHue(bundle, clauseKey);
  const number = clauseNumber(bundle, clauseKey);
  const canMark = onRange !== undefined && clauseKey === activeKey && !isReadOnly;
  const near = (SNAP / Math.max(width, 1)) * (view.endUs - view.startUs);
  const timeAt = (event: PointerEvent<HTMLDivElement>): number => {
    const box = event.currentTarget.getBoundingClientRect();
    const us = usAt(view, (event.clientX - box.left) / Math.max(box.width, 1));
    return event.altKey ? us : snapped(us, [...neighbours(records, props, null), ...(props.places ?? [])], near);
  };
  return (
    <div className={classes.row}>
      <span className={classes.number} style={{ background: hue }} aria-hidden>
        {number}
      </span>
      <div
        className={classes.lane}
        data-active={clauseKey === activeKey || undefined}
        data-lane={clauseKey}
        onPointerDown={(event) => {
          if (event.button !== 0 || event.target !== event.currentTarget) return;
          setActiveKey(clauseKey);
          if (!canMark) {
            onSeek(timeAt(event));
            return;
          }
          event.currentTarget.setPointerCapture(event.pointerId);
          const us = timeAt(event);
          setDrag({ from: us, to: us });
        }}
        onPointerMove={(event) => {
          if (drag !== null) setDrag({ ...drag, to: timeAt(event) });
        }}
        onPointerUp={() => {
          if (drag === null) return;
          setDrag(null);
          if (Math.abs(drag.to - drag.from) > near / 2) onRange?.(drag.from, drag.to);
          else {
            select(null);
            onSeek(drag.from);
          }
        }}
        onPointerCancel={() => setDrag(null)}
      >
        {marks.length === 0 && drag === null && canMark && <span className={classes.hint}>Drag here to mark a stretch</span>}
        {drag !== null && (
          <div
            className={classes.dragged}
            style={{
              insetInlineStart: `${shareAt(view, Math.min(drag.from, drag.to)) * 100}%`,
              width: `${(Math.abs(drag.to - drag.from) / (view.endUs - view.startUs)) * 100}%`,
              background: hue,
            }}
          />
        )}
        {marks.map((record) => (
          <Bar key={record.id} {...props} record={record} hue={hue} number={number} near={near} originUs={originUs} />
        ))}
      </div>
    </div>
  );
}

function Bar(props: LanesProps & { record: EvidenceRecord; records: Records; hue: string; number: number; near: number }) {
  const { record, view, originUs, hue, number, onSeek } = props;
  const { choose, chosen, selected, setActiveKey, isReadOnly } = useWorkspace();
  const span = spanOf(record);
  if (span === null) return null;
  const start = span.startUs - originUs;
  const isSelected = record.id === selected && chosen.size === 1;
  const { data } = record;
  return (
    <>
      <button
        type="button"
        tabIndex={-1}
        className={classes.mark}
        data-selected={chosen.has(record.id) || undefined}
        data-moment={span.startUs === span.endUs || undefined}
        style={{
          insetInlineStart: `${shareAt(view, start) * 100}%`,
          width: `${((span.endUs - span.startUs) / (view.endUs - view.startUs)) * 100}%`,
          background: hue,
        }}
        title={`Question ${number}, ${timecode(start)}`}
        aria-label={`Mark of question ${number} at ${timecode(start)}`}
        onClick={(event) => {
          setActiveKey(record.clauseKey);
          choose(event.shiftKey ? toggled(chosen, record.id) : [record.id]);
          if (!event.shiftKey) onSeek(start);
        }}
      />
      {isSelected && !isReadOnly && data.kind === "time_range" && (
        <>
          <Grip {...props} range={data} edge="start" />
          <Grip {...props} range={data} edge="end" />
        </>
      )}
    </>
  );
}

/** One end of the selected range: dragged to another frame or time, pulled to its neighbours; Alt lets it go freely. */
function Grip({ record, range, edge, ...props }: LanesProps & { record: EvidenceRecord; records: Records; range: TimeRangeMark; edge: Edge; near: number }) {
  const { store } = useWorkspace();
  const { view, originUs, table, durationUs, onSeek, near } = props;
  const us = (edge === "start" ? range.start_us : range.end_us) - originUs;
  const [original, setOriginal] = useState<TimeRangeMark | null>(null);
  const label = "Move an end of the range";
  return (
    <div
      className={classes.grip}
      data-edge={edge}
      style={{ insetInlineStart: `${shareAt(view, us) * 100}%` }}
      onPointerDown={(event) => {
        event.stopPropagation();
        event.currentTarget.setPointerCapture(event.pointerId);
        store.begin(label);
        setOriginal(range);
      }}
      onPointerMove={(event) => {
        const box = event.currentTarget.parentElement?.getBoundingClientRect();
        if (original === null || box === undefined) return;
        const free = usAt(view, (event.clientX - box.left) / Math.max(box.width, 1));
        const to = event.altKey ? free : snapped(free, [...neighbours(props.records, props, record), ...(props.places ?? [])], near);
        // The end of a range is where its last frame stops: the frame before the one that starts there.
        const frame = table === null ? null : table.frameAt(originUs + to - (edge === "end" ? 1 : 0));
        const next = rangeWithEdge(original, edge, { frame, us: to + originUs }, table, durationUs);
        if (next === null) return;
        store.put({ ...record, data: next }, { label });
        onSeek(table === null || frame === null ? to : table.ptsOf(frame) - originUs);
      }}
      onPointerUp={() => {
        store.end();
        setOriginal(null);
      }}
      onPointerCancel={() => {
        store.cancel();
        setOriginal(null);
      }}
    />
  );
}

/** Edges of the other ranges in the same part. */
function neighbours(records: Records, { partId, originUs }: LanesProps, except: EvidenceRecord | null): number[] {
  return evidenceOf(records).flatMap((record) => {
    const { data } = record;
    if (data.kind !== "time_range" || data.part_id !== partId || record.id === except?.id) return [];
    return [data.start_us - originUs, data.end_us - originUs];
  });
}

function spanOf({ data }: EvidenceRecord): { readonly startUs: number; readonly endUs: number } | null {
  if (data.kind === "time_range") return { startUs: data.start_us, endUs: data.end_us };
  if ("pts_us" in data && typeof data.pts_us === "number") return { startUs: data.pts_us, endUs: data.pts_us };
  return null;
}

export type TrackLaneProps = LanesProps & { record: EvidenceRecord; track: TrackMark; number: number };
