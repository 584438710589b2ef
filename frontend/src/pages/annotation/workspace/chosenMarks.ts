import { movedTogether } from "@/editor/choosing";
import type { Point, Size } from "@/editor/geometry";
import { unitedMasks } from "@/editor/mask";
import { reordered, type Rise } from "@/editor/ordering";
import { type EvidenceData, evidenceOf, type EvidenceRecord, type MaskShape, type Shape, type TrackMark } from "@/editor/records";
import { isShape, movedShape, shapeWords } from "@/editor/shapes";
import { mergedAll } from "@/editor/time/trackEdits";
import { type Placed, placedOn, shapesOn, withShape } from "@/editor/tools/place";
import type { Surface } from "@/editor/tools/tool";
import { removeMarks } from "./answering";
import type { Workspace } from "./context";

/** How far a copy stands from its original, in pixels of the asset. */
const COPY_BESIDE = 10;

type Parts = Pick<Workspace, "bundle" | "players">;

/** The chosen marks that are still there, in the order they were made. Asked with every key: it never reads the others. */
export function chosenRecords({ store, chosen }: Pick<Workspace, "store" | "chosen">): EvidenceRecord[] {
  const records = store.snapshot();
  const found = [...chosen].flatMap((id) => {
    const record = records.get(id);
    return record?.type === "evidence" ? [record] : [];
  });
  return found.sort((a, b) => a.order - b.order);
}

/** A picture as it is seen now: an image, or the frame a video shows; null for a part that is no picture. */
export function surfaceSeen({ bundle, players }: Parts, partId: string): Surface | null {
  const part = bundle.post.parts.find((candidate) => candidate.id === partId);
  if (part?.asset == null || part.asset.width === null || part.asset.height === null) return null;
  const place = part.kind === "video" ? players.current.get(partId)?.place : undefined;
  return { partId, assetSha256: part.asset.sha256, size: { width: part.asset.width, height: part.asset.height }, frame: place?.frame ?? null, ptsUs: place?.us ?? null };
}

interface OnSurface {
  readonly surface: Surface;
  readonly placed: readonly Placed[];
}

/** The chosen shapes by the picture they lie on: of a video by frame; tracks on the frame that is seen. */
export function chosenOnSurfaces(workspace: Workspace): OnSurface[] {
  const groups = new Map<string, { surface: Surface; placed: Placed[] }>();
  for (const record of chosenRecords(workspace)) {
    const surface = surfaceOf(record.data, workspace);
    const placed = surface === null ? null : placedOn(workspace.store.snapshot(), record.id, surface);
    if (surface === null || placed === null) continue;
    const key = `${surface.partId} ${surface.frame ?? ""}`;
    const group = groups.get(key) ?? { surface, placed: [] };
    groups.set(key, group);
    group.placed.push(placed);
  }
  return [...groups.values()];
}

function surfaceOf(data: EvidenceData, parts: Parts): Surface | null {
  if (data.kind === "track") return surfaceSeen(parts, data.part_id);
  if (!isShape(data)) return null;
  return { partId: data.part_id, assetSha256: data.asset_sha256, size: sizeOf(parts, data.part_id), frame: data.frame ?? null, ptsUs: data.pts_us ?? null };
}

function sizeOf({ bundle }: Parts, partId: string): Size {
  const asset = bundle.post.parts.find((part) => part.id === partId)?.asset;
  return { width: asset?.width ?? 1, height: asset?.height ?? 1 };
}

/** Change every chosen shape by itself, as one step; the same change again in a row joins it. */
export function changeChosen(workspace: Workspace, label: string, how: (shape: Shape, surface: Surface) => Shape): void {
  const changed = chosenOnSurfaces(workspace).flatMap(({ surface, placed }) =>
    placed.map(({ record, shape }) => ({ ...record, data: withShape(record.data, how(shape, surface), surface) })),
  );
  putAll(workspace, changed, label);
}

/** Move the chosen shapes of each picture together. */
export function moveChosen(workspace: Workspace, by: Point): void {
  const moved = chosenOnSurfaces(workspace).flatMap(({ surface, placed }) => movedTogether(placed, by, surface));
  putAll(workspace, moved, "Move");
}

function putAll({ store }: Workspace, records: readonly EvidenceRecord[], label: string): void {
  const [first, ...others] = records;
  if (first === undefined) return;
  const what = others.length > 0 ? `${records.length} marks` : `the ${isShape(first.data) ? shapeWords[first.data.kind] : "mark"}`;
  const key = `${label}:${records.map(({ id }) => id).join()}`;
  store.edit((draft) => records.forEach((record) => draft.set(record.id, record)), { label: `${label} ${what}`, key });
}

export function removeChosen(workspace: Workspace): void {
  const ids = chosenRecords(workspace).map(({ id }) => id);
  removeMarks(workspace.store, ids);
  workspace.select(null);
}

/** Copies for the same questions, a little beside the originals where they are shapes; the copies are chosen then. */
export function duplicateChosen(workspace: Workspace): void {
  const { store } = workspace;
  const copies = chosenRecords(workspace).map(({ type, clauseKey, data }): EvidenceRecord => ({ type, clauseKey, ...store.fresh(), data: beside(data, sizeOfData(workspace, data)) }));
  if (copies.length === 0) return;
  store.edit((draft) => copies.forEach((copy) => draft.set(copy.id, copy)), { label: copies.length > 1 ? `Duplicate ${copies.length} marks` : "Duplicate the mark" });
  workspace.choose(copies.map(({ id }) => id));
}

function sizeOfData(parts: Parts, data: EvidenceData): Size {
  return "part_id" in data ? sizeOf(parts, data.part_id) : { width: 1, height: 1 };
}

function beside(data: EvidenceData, size: Size): EvidenceData {
  if (!isShape(data)) return data;
  const moved = movedShape(data, { x: COPY_BESIDE, y: COPY_BESIDE }, size);
  // In the last corner there is no room; then it goes the other way.
  return JSON.stringify(moved) === JSON.stringify(data) ? movedShape(data, { x: -COPY_BESIDE, y: -COPY_BESIDE }, size) : moved;
}

/** Raise or lower the chosen shapes among those of their picture. */
export function reorderChosen(workspace: Workspace, to: Rise): void {
  const { store, chosen } = workspace;
  store.begin("Reorder");
  for (const { surface } of chosenOnSurfaces(workspace)) reordered(store, shapesOn(store.snapshot(), surface, workspace.selected), chosen, to);
  store.end();
}

/** Whether a question takes evidence of every chosen kind, and is not the one all of it answers already. */
export function canGiveTo(workspace: Workspace, clauseKey: string): boolean {
  const records = chosenRecords(workspace);
  const kinds = workspace.bundle.clauses.find((clause) => clause.key === clauseKey)?.evidence_kinds ?? [];
  return records.some((record) => record.clauseKey !== clauseKey) && records.every(({ data }) => kinds.includes(data.kind));
}

/** The chosen marks become evidence for another question. */
export function giveChosenTo(workspace: Workspace, clauseKey: string): void {
  if (!canGiveTo(workspace, clauseKey)) return;
  const records = chosenRecords(workspace);
  const title = workspace.bundle.clauses.find((clause) => clause.key === clauseKey)?.title ?? clauseKey;
  workspace.store.edit((draft) => records.forEach((record) => draft.set(record.id, { ...record, clauseKey })), { label: `Give to “${title}”` });
  workspace.setActiveKey(clauseKey);
}

/** Hide the chosen marks, or show them when all are hidden. */
export function hideChosen(workspace: Workspace): void {
  const ids = chosenRecords(workspace).map(({ id }) => id);
  const hidden = new Set(workspace.drawing.hidden);
  const isHiding = ids.some((id) => !hidden.has(id));
  for (const id of ids) {
    if (isHiding) hidden.add(id);
    else hidden.delete(id);
  }
  workspace.setDrawing({ hidden });
}

/** What the chosen marks are as one: tracks that follow each other, painted areas of one picture; null for others. */
export function mergedChosen(workspace: Workspace): EvidenceData | null {
  const records = chosenRecords(workspace);
  const [first, ...others] = records;
  if (first === undefined || others.length === 0 || others.some(({ clauseKey }) => clauseKey !== first.clauseKey)) return null;
  const data = records.map((record) => record.data);
  if (data.every(isTrack)) {
    const table = workspace.players.current.get(data[0]?.part_id ?? "")?.table ?? null;
    return table === null ? null : mergedAll(data, table);
  }
  if (!data.every(isMask)) return null;
  return new Set(data.map(({ part_id: part, frame }) => `${part} ${frame ?? ""}`)).size === 1 ? unitedMasks(data) : null;
}

/** The chosen marks become one, in place of the first. */
export function mergeChosen(workspace: Workspace): void {
  const data = mergedChosen(workspace);
  const [first, ...others] = chosenRecords(workspace);
  if (data === null || first === undefined) return;
  workspace.store.edit(
    (draft) => {
      for (const { id } of others) draft.delete(id);
      draft.set(first.id, { ...first, data });
    },
    { label: data.kind === "track" ? `Merge ${others.length + 1} tracks` : `Unite ${others.length + 1} painted areas` },
  );
  workspace.select(first.id);
}

function isTrack(data: EvidenceData): data is TrackMark {
  return data.kind === "track";
}

function isMask(data: EvidenceData): data is MaskShape {
  return data.kind === "mask";
}

/** Everything in a part that can be chosen where it is seen: the shapes on a picture, the marks in text or sound. */
export function chooseAllOfPart(workspace: Workspace): void {
  const { store, activePartId, drawing, choose } = workspace;
  const surface = surfaceSeen(workspace, activePartId);
  const records = surface === null ? evidenceOf(store.snapshot()).filter(({ data }) => "part_id" in data && data.part_id === activePartId) : shapesOn(store.snapshot(), surface).map(({ record }) => record);
  choose(records.filter(({ id }) => !drawing.hidden.has(id)).map(({ id }) => id));
}
