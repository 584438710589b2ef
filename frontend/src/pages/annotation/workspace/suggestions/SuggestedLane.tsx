import { timecode } from "@/editor/time/timecode";
import { shareAt } from "@/editor/time/viewport";
import { clauseHue, useWorkspace } from "../context";
import type { LanesProps } from "../parts/timeline/Lanes";
import { timeOf } from "./items";
import { SuggestionFlag } from "./SuggestionFlag";
import { useOpenSuggestions } from "./useOpenSuggestions";
import classes from "./suggestions.module.css";

/** Where in time the suggested marks of a part lie: dashed, to go to; what is no shape on a frame is decided on below. */
export function SuggestedLane({ partId, originUs, view, onSeek }: LanesProps) {
  const { bundle, suggested, setActiveKey } = useWorkspace();
  const timed = useOpenSuggestions().flatMap((one) => {
    const span = one.region === null ? null : timeOf(one.region, partId);
    return span === null ? [] : [{ one, start: span.startUs - originUs, end: span.endUs - originUs }];
  });
  if (timed.length === 0) return null;
  const shapeless = timed.map(({ one }) => one).filter(({ region }) => region?.kind === "time_range" || region?.kind === "frame");
  const current = shapeless.find(({ item }) => item === suggested.current);
  return (
    <>
      <div className={classes.lane} role="group" aria-label="Suggested in time">
        {timed.map(({ one, start, end }) => (
          <button
            key={one.item}
            type="button"
            tabIndex={-1}
            className={classes.span}
            data-current={one.item === suggested.current || undefined}
            style={{
              insetInlineStart: `${shareAt(view, start) * 100}%`,
              width: `${((end - start) / (view.endUs - view.startUs)) * 100}%`,
              borderColor: clauseHue(bundle, one.clauseKey),
            }}
            title={`Suggested by ${one.model}, ${timecode(start)}`}
            aria-label={`Suggested by ${one.model} at ${timecode(start)}`}
            onClick={() => {
              suggested.setCurrent(one.item);
              setActiveKey(one.clauseKey);
              onSeek(start);
            }}
          />
        ))}
      </div>
      {/* Its room is kept, so that nothing below moves under a hand. */}
      {shapeless.length > 0 && (
        <div className={classes.laneFlag}>
          {current === undefined ? <span className={classes.by}>Dashed stretches are suggested: click one to decide on it.</span> : <SuggestionFlag one={current} isInLine />}
        </div>
      )}
    </>
  );
}
