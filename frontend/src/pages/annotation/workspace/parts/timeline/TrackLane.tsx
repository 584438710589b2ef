import type { MouseEvent } from "react";
import { toggled } from "@/editor/choosing";
import { stretches } from "@/editor/time/trackEdits";
import { followedKind } from "@/editor/time/tracks";
import { shareAt } from "@/editor/time/viewport";
import { clauseHue, clauseNumber, useWorkspace } from "../../context";
import type { TrackLaneProps } from "./Lanes";
import classes from "./timeline.module.css";

const names = { box: "box", polygon: "outline", point: "point" } as const;

/** One track; Shift chooses it besides others. Where the thing is in the picture, hatched where it is covered, and its keyframes. */
export function TrackLane({ record, track, number, view, originUs, table, onSeek }: TrackLaneProps) {
  const { bundle, choose, chosen, setActiveKey } = useWorkspace();
  if (table === null) return null;
  const hue = clauseHue(bundle, record.clauseKey);
  const isSelected = chosen.has(record.id);
  const at = (us: number): string => `${shareAt(view, us - originUs) * 100}%`;
  const press = (event: MouseEvent, us: number | null): void => {
    setActiveKey(record.clauseKey);
    choose(event.shiftKey ? toggled(chosen, record.id) : [record.id]);
    if (us !== null && !event.shiftKey) onSeek(us - originUs);
  };
  const name = `Track ${number}, a ${names[followedKind(track)]}, question ${clauseNumber(bundle, record.clauseKey)}`;
  return (
    <div className={classes.row}>
      <span className={classes.number} style={{ background: hue }} aria-hidden>
        {clauseNumber(bundle, record.clauseKey)}
      </span>
      <div className={classes.lane} data-track={record.id} data-active={isSelected || undefined}>
        {stretches(track).map(({ from, to, isOccluded }) => (
          <button
            key={from}
            type="button"
            tabIndex={-1}
            className={classes.stretch}
            data-occluded={isOccluded || undefined}
            data-selected={isSelected || undefined}
            style={{
              insetInlineStart: at(table.ptsOf(from)),
              width: `${((table.ptsOf(to) - table.ptsOf(from)) / (view.endUs - view.startUs)) * 100}%`,
              color: hue,
            }}
            aria-label={`${name}, frames ${from} to ${to}${isOccluded ? ", covered" : ""}`}
            onClick={(event) => press(event, null)}
          />
        ))}
        {track.keyframes.map((key) => (
          <button
            key={key.frame}
            type="button"
            tabIndex={-1}
            className={classes.keyframe}
            data-selected={isSelected || undefined}
            data-outside={key.is_outside === true || undefined}
            style={{ insetInlineStart: at(key.pts_us), background: key.is_outside === true ? undefined : hue, borderColor: hue }}
            aria-label={`${name}, keyframe at frame ${key.frame}`}
            onClick={(event) => press(event, key.pts_us)}
          />
        ))}
      </div>
    </div>
  );
}
