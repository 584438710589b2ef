import {
  IconBracketsContain,
  IconFlag,
  IconPlayerPauseFilled,
  IconPlayerPlayFilled,
  IconPlayerSkipBack,
  IconPlayerSkipForward,
  IconRepeat,
  IconVolume,
  IconVolumeOff,
} from "@tabler/icons-react";
import type { FrameTable } from "@/editor/time/frameTable";
import { timecode } from "@/editor/time/timecode";
import type { MediaAsset, PostPart } from "../bundle";
import { useWorkspace } from "../context";
import { useKeyHint } from "../keyHints";
import type { Player } from "../player";
import { Control } from "./Control";
import { SpeedMenu } from "./SpeedMenu";
import { toggleLoop } from "./timedActions";
import type { VideoState } from "./videoDriver";
import { ZoomControls } from "./ZoomControls";
import classes from "./media.module.css";

/** The buttons under a video. */
export function VideoControls({
  part,
  player,
  table,
  state,
  isShown,
  hasSound,
  isRangeOpen,
  onMark,
  onRange,
}: {
  part: PostPart & { asset: MediaAsset };
  player: Player;
  table: FrameTable;
  state: VideoState;
  isShown: boolean;
  hasSound: boolean;
  isRangeOpen: boolean;
  onMark: () => void;
  onRange: () => void;
}) {
  const workspace = useWorkspace();
  const { takes, activePartId, isReadOnly } = workspace;
  const { frame, isSure, speed, rate } = state;
  const hint = useKeyHint();
  // Keys go to the active part only.
  const hinted = (label: string, command: string): string => (activePartId === part.id ? hint(label, command) : label);
  return (
    <div className={classes.bar} dir="ltr">
      <Control label="One frame back" onClick={() => player.step(-1)}>
        <IconPlayerSkipBack size={17} aria-hidden />
      </Control>
      <Control label={speed === 0 ? "Play" : "Pause"} onClick={player.toggle} isDisabled={!isShown}>
        {speed === 0 ? <IconPlayerPlayFilled size={17} aria-hidden /> : <IconPlayerPauseFilled size={17} aria-hidden />}
      </Control>
      <Control label="One frame on" onClick={() => player.step(1)}>
        <IconPlayerSkipForward size={17} aria-hidden />
      </Control>
      <Control label={hint("Loop the selected stretch, or all", "label.loop")} isPressed={player.isLooping} onClick={() => toggleLoop({ workspace, player })}>
        <IconRepeat size={17} aria-hidden />
      </Control>
      {part.asset.urls["peaks"] !== undefined && (
        <Control label={hint(hasSound ? "Mute" : "Allow sound", "label.sound")} isPressed={hasSound} isDisabled={!isShown} onClick={player.toggleSound}>
          {hasSound ? <IconVolume size={17} aria-hidden /> : <IconVolumeOff size={17} aria-hidden />}
        </Control>
      )}
      <SpeedMenu rate={rate} onRate={player.setRate} />
      <span className={classes.clock} data-frame={frame} data-sure={isSure || undefined} data-speed={speed}>
        Frame <strong>{frame}</strong> of {table.last}, at {timecode(table.ptsOf(frame) - table.ptsOf(0))}
        {speed !== 0 && speed !== rate && ` · ×${speed}`}
      </span>
      <span className={classes.spread} />
      {takes("frame") && !isReadOnly && (
        <Control label={hinted("Mark this frame", "label.mark-frame")} onClick={onMark}>
          <IconFlag size={17} aria-hidden />
        </Control>
      )}
      {takes("time_range") && !isReadOnly && (
        <Control label={isRangeOpen ? hint("End the time range here", "label.range-end") : hint("Begin a time range here", "label.range-start")} onClick={onRange} isPressed={isRangeOpen}>
          <IconBracketsContain size={17} aria-hidden />
        </Control>
      )}
      <ZoomControls player={player} />
    </div>
  );
}
