import {
  IconArrowMerge,
  IconArrowsSplit2,
  IconCubeUnfolded,
  IconDiamond,
  IconDiamondFilled,
  IconEyeOff,
  IconLogout,
  IconPlayerTrackNext,
  IconPlayerTrackPrev,
} from "@tabler/icons-react";
import { mergeChosen, mergedChosen } from "../chosenMarks";
import { useRecords, useWorkspace } from "../context";
import { useKeyHint } from "../keyHints";
import type { Player } from "../player";
import { Control } from "./Control";
import {
  canFollow,
  follow,
  goToKeyframe,
  mergeable,
  mergeWithNext,
  selectedTrack,
  sightHere,
  splitHere,
  toggleKeyframe,
  toggleOccluded,
  toggleOutside,
} from "./timedActions";
import classes from "./media.module.css";

/** What can be done with the selected track, or with a shape that may become one. */
export function TrackBar({ player }: { player: Player }) {
  const workspace = useWorkspace();
  useRecords(workspace.store);
  const hint = useKeyHint();
  const timed = { workspace, player };
  if (workspace.isReadOnly) return null;
  if (canFollow(timed)) {
    return (
      <div className={classes.trackBar} role="toolbar" aria-label="Track">
        <Control label={hint("Follow it through the video", "label.track")} onClick={() => follow(timed)}>
          <IconCubeUnfolded size={17} aria-hidden />
        </Control>
        <span className={classes.note}>Follow this shape through the video</span>
      </div>
    );
  }
  const sight = sightHere(timed);
  const isSeveral = workspace.chosen.size > 1;
  const canMerge = isSeveral ? mergedChosen(workspace) !== null : mergeable(timed) !== null;
  const merge = (): void => (isSeveral ? mergeChosen(workspace) : mergeWithNext(timed));
  if (selectedTrack(timed) === null || sight === null) return null;
  return (
    <div className={classes.trackBar} role="toolbar" aria-label="Track">
      <Control label={hint("Previous keyframe", "label.keyframe-back")} onClick={() => goToKeyframe(timed, -1)}>
        <IconPlayerTrackPrev size={16} aria-hidden />
      </Control>
      <Control label={hint("Keyframe here", "label.track-keyframe")} isPressed={sight.isKeyframe} onClick={() => toggleKeyframe(timed)}>
        {sight.isKeyframe ? <IconDiamondFilled size={16} aria-hidden /> : <IconDiamond size={16} aria-hidden />}
      </Control>
      <Control label={hint("Next keyframe", "label.keyframe-on")} onClick={() => goToKeyframe(timed, 1)}>
        <IconPlayerTrackNext size={16} aria-hidden />
      </Control>
      <Control label={hint("Covered from here on", "label.track-occluded")} isPressed={sight.isOccluded} onClick={() => toggleOccluded(timed)}>
        <IconEyeOff size={16} aria-hidden />
      </Control>
      <Control label={hint("Out of the picture from here on", "label.track-outside")} isPressed={sight.isOutside} onClick={() => toggleOutside(timed)}>
        <IconLogout size={16} aria-hidden />
      </Control>
      <Control label={hint("Split the track here", "label.track-split")} onClick={() => splitHere(timed)}>
        <IconArrowsSplit2 size={16} aria-hidden />
      </Control>
      <Control label={hint(isSeveral ? "Merge the selected tracks" : "Merge with the track after it", "label.track-merge")} isDisabled={!canMerge} onClick={merge}>
        <IconArrowMerge size={16} aria-hidden />
      </Control>
      <span className={classes.note}>
        {sight.isBeyond ? "Beyond its end: move it, or press [ or ], to make it longer" : sight.isOutside ? "Out of the picture here" : sight.isOccluded ? "Covered here" : sight.isKeyframe ? "Keyframe" : "Between keyframes"}
      </span>
    </div>
  );
}
