import {
  type BoxKeyframe,
  type BoxShape,
  type EvidenceData,
  type Keyframe,
  type PointKeyframe,
  type PointShape,
  type PolygonKeyframe,
  type PolygonShape,
  type TrackMark,
} from "../records";

/** Where one stands in a medium: a frame of a video with its own time; nulls on a still picture. */
export interface FramePlace {
  readonly frame: number | null;
  readonly ptsUs: number | null;
}

/** What can be followed through a video. */
export type FollowedShape = BoxShape | PolygonShape | PointShape;

/** A track on one frame. Before its first keyframe and after its last it is where that one has it, and `isBeyond`. */
export interface TrackSight {
  readonly shape: FollowedShape;
  readonly isKeyframe: boolean;
  readonly isOccluded: boolean;
  readonly isOutside: boolean;
  readonly isBeyond: boolean;
}

export function trackAt(track: TrackMark, { frame, ptsUs }: FramePlace): TrackSight | null {
  const first = track.keyframes[0];
  if (first === undefined || frame === null || ptsUs === null) return null;
  const before = track.keyframes.findLast((key) => key.frame <= frame);
  const after = track.keyframes.find((key) => key.frame > frame);
  const from = before ?? first;
  const share = before === undefined || after === undefined ? 0 : (ptsUs - from.pts_us) / Math.max(after.pts_us - from.pts_us, 1);
  return {
    shape: shapeOf(track, share === 0 || after === undefined ? from : blended(from, after, share), { frame, ptsUs }),
    isKeyframe: before?.frame === frame,
    isOccluded: from.is_occluded === true,
    isOutside: from.is_outside === true,
    isBeyond: before === undefined || (after === undefined && frame > from.frame),
  };
}

/**
 * The shape a mark has on a frame: its own, or of a track where it stands there. Null where it has none: other marks,
 * and tracks outside the picture. Beyond its ends a track has a shape only for who asks for it (`beyond`).
 */
export function shapeAt(data: EvidenceData, at: FramePlace, { beyond = false } = {}): FollowedShape | null {
  if (data.kind === "box" || data.kind === "polygon" || data.kind === "point") return data;
  if (data.kind !== "track") return null;
  const sight = trackAt(data, at);
  if (sight === null || ((sight.isOutside || sight.isBeyond) && !beyond)) return null;
  return sight.shape;
}

/** The mark with another shape on a frame: of a track, a keyframe there, inside the picture. */
export function reshaped(data: EvidenceData, shape: FollowedShape, { frame, ptsUs }: FramePlace): EvidenceData {
  if (data.kind !== "track") return shape;
  if (frame === null || ptsUs === null) return data;
  const isOccluded = trackAt(data, { frame, ptsUs })?.isOccluded ?? false;
  return withKeyframe(data, keyframeOf(shape, frame, ptsUs, isOccluded ? { is_occluded: true } : {}));
}

/** A keyframe put in, or in place of the one on its frame. */
export function withKeyframe(track: TrackMark, keyframe: Keyframe): TrackMark {
  const others = track.keyframes.filter((key) => key.frame !== keyframe.frame);
  const at = others.findIndex((key) => key.frame > keyframe.frame);
  return { ...track, keyframes: others.toSpliced(at < 0 ? others.length : at, 0, keyframe) };
}

/** A shape on one frame as the start of a track; null for a shape that stands on no frame. */
export function trackOf(shape: FollowedShape): TrackMark | null {
  const { frame, pts_us: ptsUs } = shape;
  if (typeof frame !== "number" || typeof ptsUs !== "number") return null;
  return {
    kind: "track",
    part_id: shape.part_id,
    asset_sha256: shape.asset_sha256,
    keyframes: [keyframeOf(shape, frame, ptsUs)],
  };
}

/** Kinds of shapes that can be followed through a video. */
export const followedKinds: readonly string[] = ["box", "polygon", "point"];

export function isFollowed(shape: EvidenceData): shape is FollowedShape {
  return followedKinds.includes(shape.kind);
}

/** A shape newly drawn: itself, or where things are followed, a track that begins with it. */
export function begun(shape: FollowedShape, { follows = false }: { readonly follows?: boolean }): FollowedShape | TrackMark {
  return follows ? (trackOf(shape) ?? shape) : shape;
}

/** What a track follows: its keyframes are all alike. */
export function followedKind({ keyframes }: TrackMark): FollowedShape["kind"] {
  const first = keyframes[0];
  return first === undefined || isBoxKey(first) ? "box" : "points" in first ? "polygon" : "point";
}

export function keyframeOf(
  shape: FollowedShape,
  frame: number,
  ptsUs: number,
  state: { readonly is_occluded?: boolean; readonly is_outside?: boolean } = {},
): Keyframe {
  const place = { frame, pts_us: ptsUs };
  if (shape.kind === "polygon") return { ...place, points: shape.points, ...state };
  if (shape.kind === "point") return { ...place, x: shape.x, y: shape.y, ...state };
  const { x, y, width, height, rotation } = shape;
  return { ...place, x, y, width, height, ...turned(rotation), ...state };
}

function shapeOf(track: TrackMark, key: Keyframe, at: { frame: number; ptsUs: number }): FollowedShape {
  const place = { part_id: track.part_id, asset_sha256: track.asset_sha256, frame: at.frame, pts_us: at.ptsUs };
  if ("points" in key) return { kind: "polygon", ...place, points: key.points };
  if (!isBoxKey(key)) return { kind: "point", ...place, x: key.x, y: key.y };
  const { x, y, width, height, rotation } = key;
  return { kind: "box", ...place, x, y, width, height, ...turned(rotation) };
}

/** Where a thing is, `share` of the way in time from one keyframe to the next. */
function blended(from: Keyframe, to: Keyframe, share: number): Keyframe {
  const between = (a: number, b: number): number => tenth(a + (b - a) * share);
  if ("points" in from) {
    if (!("points" in to) || to.points.length !== from.points.length) return from;
    const points = from.points.map(([x, y], index): readonly [number, number] => {
      const [toX, toY] = to.points[index] ?? [x, y];
      return [between(x, toX), between(y, toY)];
    });
    return { ...from, points };
  }
  if ("points" in to) return from;
  const place = { x: between(from.x, to.x), y: between(from.y, to.y) };
  if (!isBoxKey(from) || !isBoxKey(to)) return { ...from, ...place };
  return {
    ...from,
    ...place,
    width: between(from.width, to.width),
    height: between(from.height, to.height),
    rotation: turnedBetween(from.rotation ?? 0, to.rotation ?? 0, share),
  };
}

/** The shorter way round. */
function turnedBetween(from: number, to: number, share: number): number {
  const way = ((((to - from) % 360) + 540) % 360) - 180;
  return tenth((from + way * share) % 360);
}

/** Upright is said by saying nothing. */
function turned(rotation: number | undefined): { readonly rotation?: number } {
  return rotation === undefined || rotation === 0 ? {} : { rotation };
}

function isBoxKey(key: BoxKeyframe | PolygonKeyframe | PointKeyframe): key is BoxKeyframe {
  return "width" in key;
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}
