import { type Keyframe, type TrackMark } from "../records";
import { type FrameTable } from "./frameTable";
import { followedKind, keyframeOf, trackAt, withKeyframe } from "./tracks";

/** Change how the thing is seen from a frame on, with a keyframe there; beyond its ends there is nothing to change. */
export function seenFrom(
  track: TrackMark,
  table: FrameTable,
  frame: number,
  change: { readonly is_occluded?: boolean; readonly is_outside?: boolean },
): TrackMark {
  const key = keyframeAt(track, table, frame);
  return key === null || isBeyond(track, frame) ? track : withKeyframe(track, plain({ ...key, ...change }));
}

/** A keyframe where the track stands now anyway: a place to bend it from. */
export function pinned(track: TrackMark, table: FrameTable, frame: number): TrackMark {
  const key = keyframeAt(track, table, frame);
  return key === null || isBeyond(track, frame) ? track : withKeyframe(track, key);
}

/** Null when it was the only keyframe: then there is no track left. */
export function withoutKeyframe(track: TrackMark, frame: number): TrackMark | null {
  const keyframes = track.keyframes.filter((key) => key.frame !== frame);
  return keyframes.length === 0 ? null : { ...track, keyframes };
}

/** The same thing from `frame` on: longer where it began later, cut where it began before. Null past its end. */
export function startingAt(track: TrackMark, table: FrameTable, frame: number): TrackMark | null {
  const last = track.keyframes.at(-1);
  const key = keyframeAt(track, table, frame);
  if (last === undefined || key === null || frame > last.frame) return null;
  return withKeyframe({ ...track, keyframes: track.keyframes.filter((other) => other.frame > frame) }, key);
}

/** The same thing up to `frame`: longer where it ended before, cut where it ended later. Null before its start. */
export function endingAt(track: TrackMark, table: FrameTable, frame: number): TrackMark | null {
  const first = track.keyframes[0];
  const key = keyframeAt(track, table, frame);
  if (first === undefined || key === null || frame < first.frame) return null;
  return withKeyframe({ ...track, keyframes: track.keyframes.filter((other) => other.frame < frame) }, key);
}

/** Two tracks of one: up to the frame before `frame`, and from it on, each as it stood. Null at or beyond an end. */
export function split(track: TrackMark, table: FrameTable, frame: number): readonly [TrackMark, TrackMark] | null {
  const first = track.keyframes[0];
  if (first === undefined || frame <= first.frame) return null;
  const before = endingAt(track, table, frame - 1);
  const after = startingAt(track, table, frame);
  return before === null || after === null ? null : [before, after];
}

/**
 * One track of two of the same kind on the same medium, whichever comes first. Between them nothing was marked, so
 * there it is outside the picture. Null when they overlap: then it is two things, or one of them is to be cut first.
 */
export function merged(a: TrackMark, b: TrackMark, table: FrameTable): TrackMark | null {
  if (a.part_id !== b.part_id || a.asset_sha256 !== b.asset_sha256 || followedKind(a) !== followedKind(b)) return null;
  const [early, late] = startOf(a) <= startOf(b) ? [a, b] : [b, a];
  const end = early.keyframes.at(-1);
  const start = late.keyframes[0];
  if (end === undefined || start === undefined || end.frame >= start.frame) return null;
  const gap = end.frame + 1;
  const away = end.is_outside === true || gap === start.frame ? [] : [{ ...end, frame: gap, pts_us: table.ptsOf(gap), is_outside: true }];
  return { ...early, keyframes: [...early.keyframes, ...away, ...late.keyframes] };
}

/** One track of several, in whatever order they are given; null when two of them overlap or are not of one kind. */
export function mergedAll(tracks: readonly TrackMark[], table: FrameTable): TrackMark | null {
  const [first, ...others] = [...tracks].sort((a, b) => startOf(a) - startOf(b));
  if (first === undefined) return null;
  return others.reduce<TrackMark | null>((whole, track) => (whole === null ? null : merged(whole, track, table)), first);
}

/** The keyframe nearest before or after a frame; null when there is none that way. */
export function neighbour(track: TrackMark, frame: number, way: -1 | 1): Keyframe | null {
  const found = way < 0 ? track.keyframes.findLast((key) => key.frame < frame) : track.keyframes.find((key) => key.frame > frame);
  return found ?? null;
}

/** Stretches in which the thing is in the picture, as first and last frame. */
export function stretches({ keyframes }: TrackMark): { readonly from: number; readonly to: number; readonly isOccluded: boolean }[] {
  return keyframes.flatMap((key, index) => {
    if (key.is_outside === true) return [];
    const next = keyframes[index + 1];
    return [{ from: key.frame, to: next === undefined ? key.frame : next.frame, isOccluded: key.is_occluded === true }];
  });
}

export function startOf({ keyframes }: TrackMark): number {
  return keyframes[0]?.frame ?? 0;
}

export function endOf({ keyframes }: TrackMark): number {
  return keyframes.at(-1)?.frame ?? 0;
}

function keyframeAt(track: TrackMark, table: FrameTable, frame: number): Keyframe | null {
  if (frame < 0 || frame > table.last) return null;
  const ptsUs = table.ptsOf(frame);
  const sight = trackAt(track, { frame, ptsUs });
  if (sight === null) return null;
  return plain({ ...keyframeOf(sight.shape, frame, ptsUs), is_occluded: sight.isOccluded, is_outside: sight.isOutside });
}

function isBeyond(track: TrackMark, frame: number): boolean {
  return frame < startOf(track) || frame > endOf(track);
}

/** Without the states that are not so: absent means false. */
function plain(key: Keyframe): Keyframe {
  const { is_occluded: isOccluded, is_outside: isOutside, ...rest } = key;
  return { ...rest, ...(isOccluded === true ? { is_occluded: true } : {}), ...(isOutside === true ? { is_outside: true } : {}) };
}
