import "konva/lib/shapes/Rect";
import "konva/lib/shapes/Text";
import type Konva from "konva";
import { type PointerEvent as ReactPointerEvent, useMemo, useRef, useState } from "react";
import { Group, Layer, Rect, Stage, Text } from "react-konva/lib/ReactKonvaCore";
import { type Handle, handlePoint, handles, type Point } from "@/editor/geometry";
import type { BoxShape, EvidenceRecord } from "@/editor/records";
import { boxTool } from "@/editor/tools/box";
import { shapesOn } from "@/editor/tools/place";
import { selectTool } from "@/editor/tools/select";
import { isTyping } from "@/ui/shortcuts/registry";
import type { PointerInput, Surface, Target, Tool, ToolContext } from "@/editor/tools/tool";
import { clauseHue, clauseNumber, useRecords, useWorkspace } from "../context";
import classes from "./DrawingLayer.module.css";

const HANDLE = 9;
const GRIP = 14;

/** Boxes over a picture. Positions are pixels of the asset; only what is drawn knows of the screen. */
export function DrawingLayer({
  surface,
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
  const stage = useRef<Konva.Stage>(null);
  const tools = useMemo((): Record<"box" | "select", Tool> => ({ box: boxTool(), select: selectTool() }), []);
  const [cursor, setCursor] = useState("default");
  const scale = surface.size.width / width;
  const shapes = shapesOn(records, surface);
  const canDraw = workspace.takes("box");
  const tool = tools[workspace.tool];

  const context = (): ToolContext => ({
    store: workspace.store,
    surface,
    clauseKey: canDraw ? workspace.activeKey : null,
    selected: workspace.selected,
    select: (id) => {
      workspace.select(id);
      const record = id === null ? undefined : workspace.store.snapshot().get(id);
      if (record?.type === "evidence") workspace.setActiveKey(record.clauseKey);
    },
    finish: () => undefined,
  });

  const inputOf = (event: { clientX: number; clientY: number; shiftKey: boolean }): PointerInput => {
    const frame = stage.current?.container().getBoundingClientRect();
    const at = { x: event.clientX - (frame?.left ?? 0), y: event.clientY - (frame?.top ?? 0) };
    const hit = stage.current?.getIntersection(at) ?? null;
    return { point: { x: at.x * scale, y: at.y * scale }, target: targetOf(hit), shift: event.shiftKey, scale };
  };

  const down = (event: ReactPointerEvent<HTMLDivElement>): void => {
    if (event.button !== 0) return;
    onBegin?.();
    if (isTyping(document.activeElement) && document.activeElement instanceof HTMLElement) document.activeElement.blur();
    workspace.setActivePart(surface.partId);
    if (workspace.isReadOnly) {
      const { target } = inputOf(event);
      context().select(target.on === "canvas" ? null : target.id);
      return;
    }
    event.currentTarget.setPointerCapture(event.pointerId);
    tool.pointerDown(inputOf(event), context());
    setCursor(tool.cursor);
  };

  const move = (event: ReactPointerEvent<HTMLDivElement>): void => {
    const input = inputOf(event);
    if (workspace.isReadOnly) {
      setCursor(input.target.on === "canvas" ? "default" : "pointer");
      return;
    }
    tool.pointerMove(input, context());
    setCursor(event.buttons === 0 ? hoverCursor(input.target, workspace.tool, workspace.selected, canDraw) : tool.cursor);
  };

  return (
    <div
      className={classes.layer}
      style={{ width, height, cursor }}
      role="img"
      aria-label={`${label}: ${shapes.length === 1 ? "1 box" : `${shapes.length} boxes`}`}
      data-drawing={surface.partId}
      // A hand that draws must not carry the focus away, nor leave it where keys would write.
      onMouseDown={(event) => event.preventDefault()}
      onPointerDown={down}
      onPointerMove={move}
      onPointerUp={(event) => {
        if (!workspace.isReadOnly) tool.pointerUp(inputOf(event), context());
      }}
      onPointerCancel={() => tool.cancel(context())}
      onLostPointerCapture={() => {
        if (!tool.path.endsWith(".idle")) tool.cancel(context());
      }}
    >
      <Stage ref={stage} width={width} height={height} listening>
        <Layer>
          {shapes.map((shape) => (
            <Box
              key={shape.id}
              shape={shape}
              scale={scale}
              hue={clauseHue(workspace.bundle, shape.clauseKey)}
              number={clauseNumber(workspace.bundle, shape.clauseKey)}
              isSelected={shape.id === workspace.selected}
              isQuiet={workspace.activeKey !== "" && shape.clauseKey !== workspace.activeKey}
              isMovable={!workspace.isReadOnly}
            />
          ))}
        </Layer>
      </Stage>
    </div>
  );
}

function Box({
  shape,
  scale,
  hue,
  number,
  isSelected,
  isQuiet,
  isMovable,
}: {
  shape: EvidenceRecord;
  scale: number;
  hue: string;
  number: number;
  isSelected: boolean;
  isQuiet: boolean;
  isMovable: boolean;
}) {
  if (shape.data.kind !== "box") return null;
  const box: BoxShape = shape.data;
  const x = box.x / scale;
  const y = box.y / scale;
  const width = box.width / scale;
  const height = box.height / scale;
  return (
    <Group>
      <Rect x={x} y={y} width={width} height={height} stroke="#fff" strokeWidth={isSelected ? 5 : 3.5} opacity={0.75} listening={false} />
      <Rect
        id={shape.id}
        name="shape"
        x={x}
        y={y}
        width={width}
        height={height}
        stroke={hue}
        strokeWidth={isSelected ? 3 : 2}
        fill={`${hue}${isSelected ? "2e" : "14"}`}
        dash={isQuiet ? [6, 4] : []}
      />
      <Group x={x} y={Math.max(y - 18, 0)} listening={false}>
        <Rect width={18} height={18} fill={hue} />
        <Text text={String(number)} width={18} height={18} align="center" verticalAlign="middle" fill="#fff" fontSize={12} fontStyle="bold" />
      </Group>
      {isSelected && isMovable && handles.map((handle) => <Grip key={handle} id={shape.id} box={box} handle={handle} scale={scale} hue={hue} />)}
    </Group>
  );
}

function Grip({ id, box, handle, scale, hue }: { id: string; box: BoxShape; handle: Handle; scale: number; hue: string }) {
  const at: Point = handlePoint(box, handle);
  return (
    <Rect
      id={`${handle}|${id}`}
      name="handle"
      x={at.x / scale - HANDLE / 2}
      y={at.y / scale - HANDLE / 2}
      width={HANDLE}
      height={HANDLE}
      fill="#fff"
      stroke={hue}
      strokeWidth={2}
      hitStrokeWidth={GRIP}
    />
  );
}

function targetOf(hit: Konva.Shape | null): Target {
  if (hit === null) return { on: "canvas" };
  if (hit.name() === "shape") return { on: "shape", id: hit.id() as `evidence:${string}` };
  const [handle, id] = hit.id().split("|");
  const known = handles.find((candidate) => candidate === handle);
  if (hit.name() !== "handle" || known === undefined || id === undefined) return { on: "canvas" };
  return { on: "handle", id: id as `evidence:${string}`, handle: known };
}

function hoverCursor(target: Target, tool: string, selected: string | null, canDraw: boolean): string {
  if (target.on === "handle") return `${target.handle}-resize`;
  if (target.on === "shape" && (tool === "select" || target.id === selected)) return "move";
  if (target.on === "shape") return "pointer";
  return tool === "box" && canDraw ? "crosshair" : "default";
}
