import { type PointerEvent as ReactPointerEvent, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import type { Point } from "@/editor/geometry";
import type { RecordId } from "@/editor/records";
import { targetAt } from "@/editor/hitting";
import { snapped } from "@/editor/snapping";
import { shapesOn } from "@/editor/tools/place";
import { followedKinds } from "@/editor/time/tracks";
import { cursorOf } from "@/editor/tools/select/reshaping";
import { hasDragged, type PointerInput, type Surface, type Target, type Tool, type ToolContext } from "@/editor/tools/tool";
import { REST_MS } from "@/editor/view";
import { isTyping } from "@/ui/shortcuts/registry";
import { clauseHue, clauseNumber, useRecords, useWorkspace, type Workspace } from "../context";
import { kindOfTool } from "../drawing";
import classes from "./DrawingLayer.module.css";
import { Painter } from "./painting/painter";
import { lineStyles, type Look, type Scene } from "./painting/scene";
import { toolbox } from "./toolbox";
import { clickable, suggestedAt, taggedAt } from "../suggestions/hitting";
import { FlagOnPicture } from "../suggestions/PlacedFlag";
import { useSuggestedOn } from "../suggestions/useSuggestedOn";
import { useWheel } from "./useWheel";

const MIDDLE_BUTTON = 1;

/** Marks over a picture. Positions are pixels of the asset; only what is drawn knows of the screen. */
export function DrawingLayer({
  surface: pictured,
  width,
  height,
  label,
  onBegin,
}: {
  surface: Surface;
  /** Size on the screen. */
  width: number;
  height: number;
  label: string;
  /** Called when a hand goes down, before anything is drawn: a video must not run on under a box. */
  onBegin?: () => void;
}) {
  const workspace = useWorkspace();
  const records = useRecords(workspace.store);
  const layer = useRef<HTMLDivElement>(null);
  const [tools] = useState(toolbox);
  const [cursor, setCursor] = useState("default");
  const brushAt = useRef<Point | null>(null);
  /** The tool whose press is under way; a middle button moves the picture whatever tool is chosen. */
  const held = useRef<Tool | null>(null);
  /** What a press chooses of what is suggested, should it stay a click. */
  const offered = useRef<{ readonly input: PointerInput; readonly item: string | null } | null>(null);
  const view = workspace.views.of(pictured.partId);
  const { drawing, selected, chosen } = workspace;
  const kind = kindOfTool[workspace.tool] ?? "";
  // Where a question takes tracks but not the shape alone, drawing on a video begins a track.
  const follows = pictured.frame !== null && !workspace.takes(kind) && workspace.takes("track") && followedKinds.includes(kind);
  const surface: Surface = follows ? { ...pictured, follows } : pictured;
  const canDraw = workspace.takes(kind) || follows;
  const name = canDraw || kindOfTool[workspace.tool] === null ? workspace.tool : "select";
  const tool = tools[name];
  const shapes = shapesOn(records, surface, selected);
  const seen = drawing.isAllHidden ? [] : shapes.filter(({ record }) => !drawing.hidden.has(record.id));
  useLayoutEffect(() => view.measure({ width, height }, surface.size));

  const context = (): ToolContext => ({
    store: workspace.store,
    surface,
    clauseKey: canDraw ? workspace.activeKey : null,
    selected,
    chosen,
    brushRadius: drawing.brushRadius,
    isHidden: (id) => drawing.isAllHidden || drawing.hidden.has(id),
    snap: ({ point, scale }, except) => (drawing.isSnapping ? snapped(point, scale, surface.size, seen, except ?? null) : point),
    pan: (by) => view.panBy({ x: by.x * view.snapshot().scale, y: by.y * view.snapshot().scale }),
    select: (id) => choose(workspace, id === null ? [] : [id]),
    choose: (ids) => choose(workspace, ids),
    finish: () => undefined,
  });
  // What the keyboard finishes later is finished with what holds then.
  const latestContext = useRef(context);
  useLayoutEffect(() => {
    latestContext.current = context;
  });
  const suggested = useSuggestedOn(workspace, records, surface);
  const pointedAt = suggested.find(({ isCurrent }) => isCurrent);
  const flagged = workspace.suggested.items.find(({ item }) => item === pointedAt?.item);
  const repaint = usePainting(layer, () => ({
    placed: seen,
    suggested,
    selected,
    chosen,
    isReadOnly: workspace.isReadOnly,
    activeKey: workspace.activeKey,
    look: (key) => lookOf(workspace, key),
    opacity: drawing.opacity,
    opacities: drawing.opacities,
    picture: surface.size,
    window: { width, height },
    view: view.snapshot(),
    isMoving: view.isMoving(),
    preview: tool.preview,
    band: tool.band,
    brush: brushOf(name, brushAt.current, drawing.brushRadius),
  }));
  useEffect(() => {
    let rest = 0;
    const stop = view.subscribe(() => {
      repaint();
      window.clearTimeout(rest);
      rest = window.setTimeout(repaint, REST_MS + 20);
    });
    return () => {
      stop();
      window.clearTimeout(rest);
    };
  }, [view, repaint]);
  useWheel(layer, view);
  // Another tool, or the picture gone: leave nothing half done.
  useEffect(() => () => workspace.desk.leave(tool), [tool, workspace.desk]);
  useEffect(() => workspace.desk.onChange(repaint), [workspace.desk, repaint]);

  const inputOf = (event: { clientX: number; clientY: number; shiftKey: boolean; altKey: boolean }): PointerInput => {
    const frame = layer.current?.getBoundingClientRect();
    const point = view.toPicture({ x: event.clientX - (frame?.left ?? 0), y: event.clientY - (frame?.top ?? 0) });
    const scale = 1 / view.snapshot().scale;
    return { point, target: targetAt(point, scale, seen, chosen), shift: event.shiftKey, alt: event.altKey, scale };
  };

  /** What of the suggestions a press would choose; one's own marks lie on top of them, but for the tags. */
  const suggestedUnder = (input: PointerInput): string | null => {
    if (suggested.length === 0 || input.target.on === "handle") return null;
    const state = view.snapshot();
    const at = { x: input.point.x * state.scale + state.x, y: input.point.y * state.scale + state.y };
    const tagged = taggedAt(at, suggested, state);
    if (tagged !== null) return tagged.item;
    return input.target.on === "canvas" && !input.shift ? (suggestedAt(input.point, input.scale, suggested, name)?.item ?? null) : null;
  };

  const down = (event: ReactPointerEvent<HTMLDivElement>): void => {
    if (event.button !== 0 && event.button !== MIDDLE_BUTTON) return;
    const isPan = event.button === MIDDLE_BUTTON || name === "hand";
    if (!isPan) onBegin?.();
    if (isTyping(document.activeElement) && document.activeElement instanceof HTMLElement) document.activeElement.blur();
    workspace.setActivePart(surface.partId);
    const input = inputOf(event);
    if (workspace.isReadOnly && !isPan) {
      context().select(input.target.on === "canvas" ? null : input.target.id);
      return;
    }
    const item = isPan ? null : suggestedUnder(input);
    if (item !== null && !clickable.has(name)) {
      point(workspace, item);
      return;
    }
    offered.current = isPan ? null : { input, item };
    event.currentTarget.setPointerCapture(event.pointerId);
    const pressed = isPan ? tools.hand : tool;
    held.current = pressed;
    if (!isPan) workspace.desk.take({ tool, context: () => latestContext.current() });
    pressed.pointerDown(input, context());
    setCursor(pressed.cursor);
    repaint();
  };

  const move = (event: ReactPointerEvent<HTMLDivElement>): void => {
    const input = inputOf(event);
    brushAt.current = input.point;
    const active = held.current ?? (workspace.isReadOnly ? null : tool);
    active?.pointerMove(input, context());
    const isOffered = held.current === null && suggestedUnder(input) !== null;
    setCursor(isOffered ? "pointer" : (held.current?.cursor ?? hoverCursor(input.target, tool, workspace, seen.length > 0 && canDraw)));
    if (name === "brush" || name === "eraser" || tool.preview !== null || tool.band !== null) repaint();
  };

  const up = (event: ReactPointerEvent<HTMLDivElement>): void => {
    const released = held.current;
    held.current = null;
    const input = inputOf(event);
    released?.pointerUp(input, context());
    const press = offered.current;
    offered.current = null;
    if (press !== null) point(workspace, hasDragged(press.input.point, input) ? null : press.item);
    setCursor(tool.cursor);
    repaint();
  };

  const lose = (): void => {
    held.current?.cancel(context());
    held.current = null;
    offered.current = null;
    repaint();
  };

  return (
    <>
      <div
        ref={layer}
        className={classes.layer}
        style={{ width, height, cursor }}
        role="img"
        aria-label={`${label}: ${countOf(shapes)}`}
        data-drawing={surface.partId}
        data-tool={tool.path}
        // A hand that draws must not carry the focus away, nor leave it where keys would write.
        onMouseDown={(event) => event.preventDefault()}
        onPointerDown={down}
        onPointerMove={move}
        onPointerUp={up}
        onPointerLeave={() => {
          brushAt.current = null;
          repaint();
        }}
        onPointerCancel={lose}
        onLostPointerCapture={lose}
      >
        <canvas aria-hidden />
        <canvas aria-hidden />
      </div>
      {pointedAt !== undefined && flagged !== undefined && <FlagOnPicture one={flagged} shape={pointedAt.shape} view={view} window={{ width, height }} />}
    </>
  );
}

/** Stand on a suggestion, or on none. */
function point({ suggested, setActiveKey }: Workspace, item: string | null): void {
  suggested.setCurrent(item);
  const one = suggested.items.find((candidate) => candidate.item === item);
  if (one !== undefined) setActiveKey(one.clauseKey);
}

/** Choose marks, and with the last of them the question it belongs to. */
function choose(workspace: Workspace, ids: readonly RecordId[]): void {
  workspace.choose(ids);
  const last = ids.at(-1);
  const record = last === undefined ? undefined : workspace.store.snapshot().get(last);
  if (record?.type === "evidence") workspace.setActiveKey(record.clauseKey);
}

/** Paint after every render and whenever asked, once a frame at most. */
function usePainting(layer: React.RefObject<HTMLDivElement | null>, scene: () => Scene): () => void {
  const latest = useRef(scene);
  const painter = useRef<Painter | null>(null);
  const waiting = useRef(0);
  const repaint = useMemo(
    () => () => {
      if (waiting.current !== 0) return;
      waiting.current = requestAnimationFrame(() => {
        waiting.current = 0;
        const [resting, chosen] = layer.current?.querySelectorAll("canvas") ?? [];
        if (resting === undefined || chosen === undefined) return;
        painter.current ??= new Painter(resting, chosen);
        painter.current.paint(latest.current());
      });
    },
    [layer],
  );
  useLayoutEffect(() => {
    latest.current = scene;
    repaint();
  });
  useEffect(
    () => () => {
      cancelAnimationFrame(waiting.current);
      waiting.current = 0;
    },
    [],
  );
  return repaint;
}

function lookOf({ bundle, isReadOnly }: Workspace, key: string): Look {
  const number = clauseNumber(bundle, key);
  // In review every number is a person, and colour alone tells nobody apart.
  return { hue: clauseHue(bundle, key), number, dash: isReadOnly ? (lineStyles[(number - 1) % lineStyles.length] ?? null) : null };
}

function brushOf(name: string, at: Point | null, radius: number): Scene["brush"] {
  if (at === null || (name !== "brush" && name !== "eraser")) return null;
  return { at, radius, isEraser: name === "eraser" };
}

function countOf(shapes: ReturnType<typeof shapesOn>): string {
  const word = shapes.every(({ shape }) => shape.kind === "box") ? ["box", "boxes"] : ["mark", "marks"];
  return shapes.length === 1 ? `1 ${word[0]}` : `${shapes.length} ${word[1]}`;
}

function hoverCursor(target: Target, tool: Tool, { isReadOnly, chosen }: Workspace, canDraw: boolean): string {
  if (tool.id === "hand") return tool.cursor;
  if (isReadOnly) return target.on === "canvas" ? "default" : "pointer";
  if (target.on === "handle") return cursorOf(target.handle);
  if (tool.id === "brush" || tool.id === "eraser") return "none";
  if (target.on === "shape" && (tool.id === "select" || chosen.has(target.id))) return "move";
  return target.on === "shape" && canDraw ? "pointer" : tool.cursor;
}
