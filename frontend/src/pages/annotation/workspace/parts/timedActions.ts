import { evidenceOf, type EvidenceRecord, type TrackMark } from "@/editor/records";
import { type Edge, rangeWithEdge } from "@/editor/time/ranges";
import { endingAt, endOf, merged, neighbour, pinned, seenFrom, split, startingAt, startOf, withoutKeyframe } from "@/editor/time/trackEdits";
import { shapeAt, trackAt, trackOf, type TrackSight } from "@/editor/time/tracks";
import type { Workspace } from "../context";
import type { Player, TimeSpan } from "../player";

/** What these may use: the task, and the video or sound being looked at. */
export interface Timed {
  readonly workspace: Workspace;
  readonly player: Player;
}

interface Followed {
  readonly record: EvidenceRecord;
  readonly track: TrackMark;
}

function selectedRecord({ workspace, player }: Timed): EvidenceRecord | null {
  const record = workspace.selected === null ? undefined : workspace.store.snapshot().get(workspace.selected);
  if (record?.type !== "evidence" || record.data.kind === "whole_post" || record.data.part_id !== player.partId) return null;
  return record;
}

export function selectedTrack(timed: Timed): Followed | null {
  const record = selectedRecord(timed);
  return record?.data.kind === "track" ? { record, track: record.data } : null;
}

/** How the selected track stands on the frame on screen. */
export function sightHere(timed: Timed): TrackSight | null {
  const followed = selectedTrack(timed);
  const { frame, us } = timed.player.place;
  return followed === null ? null : trackAt(followed.track, { frame, ptsUs: us });
}

/** The stretch of the selected range or track; null when neither is selected. */
export function selectedSpan(timed: Timed): TimeSpan | null {
  const record = selectedRecord(timed);
  const { table } = timed.player;
  if (record?.data.kind === "time_range") return { startUs: record.data.start_us, endUs: record.data.end_us };
  if (record?.data.kind !== "track" || table === null) return null;
  return { startUs: table.ptsOf(startOf(record.data)), endUs: table.endOf(endOf(record.data)) };
}

/** Loop the selected stretch, or all of it when none is selected; once more ends it. */
export function toggleLoop(timed: Timed): void {
  const { player } = timed;
  if (player.isLooping) {
    player.loop(null);
    return;
  }
  const startUs = player.table?.ptsOf(0) ?? 0;
  player.loop(selectedSpan(timed) ?? { startUs, endUs: startUs + player.durationUs });
}

/** The selected range or track begins, or ends, where the medium stands: longer or shorter. */
export function setEdge(timed: Timed, edge: Edge): void {
  const record = selectedRecord(timed);
  const { player, workspace } = timed;
  if (record?.data.kind === "track") {
    change(timed, edge === "start" ? "Begin the track here" : "End the track here", (track, table, frame) =>
      edge === "start" ? startingAt(track, table, frame) : endingAt(track, table, frame),
    );
  } else if (record?.data.kind === "time_range") {
    const next = rangeWithEdge(record.data, edge, player.place, player.table, player.durationUs);
    if (next !== null) workspace.store.put({ ...record, data: next }, { label: edge === "start" ? "Begin the range here" : "End the range here" });
  }
}

/** Whether the selected shape stands on a frame of this video and its question takes tracks. */
export function canFollow(timed: Timed): boolean {
  const record = selectedRecord(timed);
  const clause = timed.workspace.bundle.clauses.find((candidate) => candidate.key === record?.clauseKey);
  if (record === null || clause?.evidence_kinds.includes("track") !== true || record.data.kind === "track") return false;
  const shape = shapeAt(record.data, { frame: null, ptsUs: null });
  return shape !== null && trackOf(shape) !== null;
}

/** Make the selected shape the start of a track. */
export function follow(timed: Timed): void {
  const record = selectedRecord(timed);
  if (record === null || !canFollow(timed)) return;
  const shape = shapeAt(record.data, { frame: null, ptsUs: null });
  const track = shape === null ? null : trackOf(shape);
  if (track !== null) timed.workspace.store.put({ ...record, data: track }, { label: "Follow it through the video" });
}

export function toggleOccluded(timed: Timed): void {
  const isOccluded = sightHere(timed)?.isOccluded !== true;
  change(timed, isOccluded ? "Covered from here" : "Uncovered from here", (track, table, frame) => seenFrom(track, table, frame, { is_occluded: isOccluded }));
}

export function toggleOutside(timed: Timed): void {
  const isOutside = sightHere(timed)?.isOutside !== true;
  change(timed, isOutside ? "Out of the picture from here" : "Back in the picture from here", (track, table, frame) => seenFrom(track, table, frame, { is_outside: isOutside }));
}

/** A keyframe here, or none any more. The only one stays: deleting the track is another command. */
export function toggleKeyframe(timed: Timed): void {
  const isKeyframe = sightHere(timed)?.isKeyframe === true;
  change(timed, isKeyframe ? "Remove the keyframe" : "Set a keyframe", (track, table, frame) =>
    isKeyframe ? withoutKeyframe(track, frame) : pinned(track, table, frame),
  );
}

/** From here on it is another thing. */
export function splitHere(timed: Timed): void {
  const { workspace, player } = timed;
  const followed = selectedTrack(timed);
  const { frame } = player.place;
  if (followed === null || player.table === null || frame === null) return;
  const halves = split(followed.track, player.table, frame);
  if (halves === null) return;
  const later: EvidenceRecord = { ...followed.record, ...workspace.store.fresh(), data: halves[1] };
  workspace.store.edit(
    (draft) => {
      draft.set(followed.record.id, { ...followed.record, data: halves[0] });
      draft.set(later.id, later);
    },
    { label: "Split the track" },
  );
  workspace.select(later.id);
}

/** The next track of the same question that the selected one can be joined with: it begins after this one ends. */
export function mergeable(timed: Timed): Followed | null {
  const followed = selectedTrack(timed);
  const { table } = timed.player;
  if (followed === null || table === null) return null;
  const others = evidenceOf(timed.workspace.store.snapshot(), followed.record.clauseKey).flatMap((record): Followed[] =>
    record.data.kind === "track" && record.id !== followed.record.id ? [{ record, track: record.data }] : [],
  );
  const fitting = others.filter(({ track }) => startOf(track) > endOf(followed.track) && merged(followed.track, track, table) !== null);
  return fitting.sort((a, b) => startOf(a.track) - startOf(b.track))[0] ?? null;
}

/** The selected track and the one that comes after it are one and the same thing. */
export function mergeWithNext(timed: Timed): void {
  const followed = selectedTrack(timed);
  const next = mergeable(timed);
  const { table } = timed.player;
  if (followed === null || next === null || table === null) return;
  const whole = merged(followed.track, next.track, table);
  if (whole === null) return;
  timed.workspace.store.edit(
    (draft) => {
      draft.delete(next.record.id);
      draft.set(followed.record.id, { ...followed.record, data: whole });
    },
    { label: "Merge the tracks" },
  );
}

export function goToKeyframe(timed: Timed, way: -1 | 1): void {
  const followed = selectedTrack(timed);
  const { frame } = timed.player.place;
  const key = followed === null || frame === null ? null : neighbour(followed.track, frame, way);
  if (key !== null) timed.player.goTo(key.pts_us);
}

function change(
  timed: Timed,
  label: string,
  edit: (track: TrackMark, table: NonNullable<Player["table"]>, frame: number) => TrackMark | null,
): void {
  const followed = selectedTrack(timed);
  const { table, place } = timed.player;
  if (followed === null || table === null || place.frame === null) return;
  const next = edit(followed.track, table, place.frame);
  if (next !== null && next !== followed.track) timed.workspace.store.put({ ...followed.record, data: next }, { label });
}
