import {
  canFollow,
  follow,
  goToKeyframe,
  selectedSpan,
  selectedTrack,
  setEdge,
  splitHere,
  type Timed,
  toggleKeyframe,
  toggleLoop,
  toggleOccluded,
  toggleOutside,
} from "../parts/timedActions";
import { groups, player, type WorkspaceCommand, type WorkspaceCommands } from "./context";

/** The task and its active player; nothing happens when the post has neither video nor sound. */
function timed(context: WorkspaceCommands): Timed | null {
  const active = player(context);
  return active === undefined ? null : { workspace: context.workspace, player: active };
}

function withTimed(run: (timed: Timed) => void): WorkspaceCommand["run"] {
  return (context) => {
    const both = timed(context);
    if (both !== null) run(both);
  };
}

function when(test: (timed: Timed) => boolean): NonNullable<WorkspaceCommand["isEnabled"]> {
  return (context) => {
    const both = timed(context);
    return both !== null && !context.workspace.isReadOnly && test(both);
  };
}

const hasTrack = when((both) => selectedTrack(both) !== null);
const hasSpan = when((both) => selectedSpan(both) !== null);

const marking: WorkspaceCommand[] = [
  {
    id: "label.mark-frame",
    label: "Mark the frame on screen",
    shortcut: "f",
    group: groups.marking,
    undo: "now",
    isEnabled: ({ workspace }) => workspace.takes("frame"),
    run: (context) => {
      const mark = player(context)?.markFrame() ?? null;
      if (mark !== null) context.workspace.addEvidence(mark);
    },
  },
  { id: "label.range-start", label: "Begin a time range", shortcut: "i", group: groups.marking, undo: "never", isEnabled: ({ workspace }) => workspace.takes("time_range"), run: (context) => player(context)?.rangeStart() },
  {
    id: "label.range-end",
    label: "End the time range",
    shortcut: "o",
    group: groups.marking,
    undo: "now",
    isEnabled: ({ workspace }) => workspace.takes("time_range"),
    run: (context) => {
      const range = player(context)?.rangeEnd() ?? null;
      if (range !== null) context.workspace.addEvidence(range);
    },
  },
  { id: "label.edge-start", label: "Begin the selected range or track here", shortcut: "[", group: groups.marking, undo: "now", isEnabled: hasSpan, run: withTimed((both) => setEdge(both, "start")) },
  { id: "label.edge-end", label: "End the selected range or track here", shortcut: "]", group: groups.marking, undo: "now", isEnabled: hasSpan, run: withTimed((both) => setEdge(both, "end")) },
];

const tracking: WorkspaceCommand[] = [
  { id: "label.track", label: "Follow the selected shape through the video", shortcut: "shift+f", group: groups.tracking, undo: "now", isEnabled: when(canFollow), run: withTimed(follow) },
  { id: "label.track-keyframe", label: "Set or remove a keyframe here", shortcut: "shift+k", group: groups.tracking, undo: "now", isEnabled: hasTrack, run: withTimed(toggleKeyframe) },
  { id: "label.track-occluded", label: "Covered by something from here on, or no longer", shortcut: "shift+o", group: groups.tracking, undo: "now", isEnabled: hasTrack, run: withTimed(toggleOccluded) },
  { id: "label.track-outside", label: "Out of the picture from here on, or back", shortcut: "shift+x", group: groups.tracking, undo: "now", isEnabled: hasTrack, run: withTimed(toggleOutside) },
  { id: "label.track-split", label: "Split the track here", shortcut: "shift+s", group: groups.tracking, undo: "now", isEnabled: hasTrack, run: withTimed(splitHere) },
  { id: "label.keyframe-back", label: "Previous keyframe of the track", shortcut: "alt+[", group: groups.tracking, undo: "never", isEnabled: hasTrack, run: withTimed((both) => goToKeyframe(both, -1)) },
  { id: "label.keyframe-on", label: "Next keyframe of the track", shortcut: "alt+]", group: groups.tracking, undo: "never", isEnabled: hasTrack, run: withTimed((both) => goToKeyframe(both, 1)) },
];

const playing: WorkspaceCommand[] = [
  { id: "label.play", label: "Play or pause", shortcut: "Space", group: groups.playing, undo: "never", run: (context) => player(context)?.toggle() },
  {
    id: "label.play-range",
    label: "Play the selected range or track once",
    shortcut: "shift+Space",
    group: groups.playing,
    undo: "never",
    isEnabled: hasSpan,
    run: withTimed((both) => {
      const span = selectedSpan(both);
      if (span !== null) both.player.playOnce(span);
    }),
  },
  { id: "label.loop", label: "Loop the selected range or track, or all; again to stop", shortcut: "q", group: groups.playing, undo: "never", run: withTimed(toggleLoop) },
  { id: "label.sound", label: "Sound on or off", shortcut: "u", group: groups.playing, undo: "never", run: (context) => player(context)?.toggleSound() },
  { id: "label.frame-back", label: "One frame back", shortcut: ["ArrowLeft", ","], group: groups.playing, undo: "never", run: (context) => player(context)?.step(-1) },
  { id: "label.frame-on", label: "One frame on", shortcut: ["ArrowRight", "."], group: groups.playing, undo: "never", run: (context) => player(context)?.step(1) },
  { id: "label.frames-back", label: "Ten frames back", shortcut: "shift+ArrowLeft", group: groups.playing, undo: "never", run: (context) => player(context)?.step(-10) },
  { id: "label.frames-on", label: "Ten frames on", shortcut: "shift+ArrowRight", group: groups.playing, undo: "never", run: (context) => player(context)?.step(10) },
  { id: "label.shuttle-back", label: "Play backwards, again for faster", shortcut: "j", group: groups.playing, undo: "never", run: (context) => player(context)?.shuttle("j") },
  { id: "label.shuttle-stop", label: "Stop", shortcut: "k", group: groups.playing, undo: "never", run: (context) => player(context)?.shuttle("k") },
  { id: "label.shuttle-on", label: "Play forwards, again for faster", shortcut: "l", group: groups.playing, undo: "never", run: (context) => player(context)?.shuttle("l") },
  { id: "label.slower", label: "Slower", shortcut: "-", group: groups.playing, undo: "never", run: (context) => player(context)?.slower() },
  { id: "label.faster", label: "Faster", shortcut: "+", group: groups.playing, undo: "never", run: (context) => player(context)?.faster() },
  { id: "label.timeline-closer", label: "Show the time line closer", shortcut: "alt+.", group: groups.playing, undo: "never", run: (context) => player(context)?.zoom(1) },
  { id: "label.timeline-farther", label: "Show more of the time line", shortcut: "alt+,", group: groups.playing, undo: "never", run: (context) => player(context)?.zoom(-1) },
  { id: "label.timeline-whole", label: "Show all of the time line", shortcut: "alt+0", group: groups.playing, undo: "never", run: (context) => player(context)?.zoom(0) },
];

/** Playing, frames, time ranges and tracks. */
export const videoCommands: WorkspaceCommand[] = [...marking, ...tracking, ...playing];
