import type { RecordId } from "@/editor/records";
import type { Tool, ToolContext } from "@/editor/tools/tool";
import type { PictureView } from "@/editor/view";
import type { Workspace } from "./context";

export type ToolName =
  | "select"
  | "hand"
  | "box"
  | "turned"
  | "ellipse"
  | "polygon"
  | "polyline"
  | "point"
  | "brush"
  | "eraser";

/** Which kind of evidence a tool makes; null for those that make none. */
export const kindOfTool: Readonly<Record<ToolName, string | null>> = {
  select: null,
  hand: null,
  box: "box",
  turned: "box",
  ellipse: "ellipse",
  polygon: "polygon",
  polyline: "polyline",
  point: "point",
  brush: "mask",
  eraser: "mask",
};

export const drawingTools = ["box", "turned", "ellipse", "polygon", "polyline", "point", "brush", "eraser"] as const satisfies readonly ToolName[];

/** How marks are looked at and drawn. Never part of a record: what is hidden here is sent all the same. */
export interface DrawingSettings {
  readonly isSnapping: boolean;
  /** From 0 to 1: how strongly the inside of shapes is filled. */
  readonly opacity: number;
  /** Of marks that were filled otherwise than the rest. */
  readonly opacities: ReadonlyMap<RecordId, number>;
  readonly isAllHidden: boolean;
  readonly hidden: ReadonlySet<RecordId>;
  /** In pixels of the asset. */
  readonly brushRadius: number;
}

export const freshSettings: DrawingSettings = {
  isSnapping: false,
  opacity: 0.5,
  opacities: new Map(),
  isAllHidden: false,
  hidden: new Set(),
  brushRadius: 12,
};

/** The view the zoom keys work on: of the active part's picture, else of the post's first. */
export function activeView({ bundle, activePartId, views }: Pick<Workspace, "bundle" | "activePartId" | "views">): PictureView {
  const pictures = bundle.post.parts.filter((part) => part.kind === "image" || part.kind === "video");
  return views.of((pictures.find((part) => part.id === activePartId) ?? pictures[0])?.id ?? activePartId);
}

export const BRUSH_SMALLEST = 0.5;
export const BRUSH_LARGEST = 400;

/** Brush sizes go in steps that feel alike, large or small. */
export function brushStep(radius: number, way: 1 | -1): number {
  const next = way > 0 ? radius * 1.25 + 0.25 : (radius - 0.25) / 1.25;
  return Math.min(Math.max(Math.round(next * 2) / 2, BRUSH_SMALLEST), BRUSH_LARGEST);
}

/** A picture on which a hand is busy. */
export interface BusyLayer {
  readonly tool: Tool;
  readonly context: () => ToolContext;
}

/** Which picture's tool the keyboard speaks to while something is being drawn. */
export class DrawingDesk {
  private layer: BusyLayer | null = null;
  private readonly listeners = new Set<() => void>();

  /** Told when the keyboard changed what is under way. */
  onChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** A hand went down on a picture; what another one has not finished is given up. */
  take(layer: BusyLayer): void {
    if (this.layer?.tool !== layer.tool) this.cancel();
    this.layer = layer;
  }

  /** The tool was put down: what it has not finished is given up. */
  leave(tool: Tool): void {
    if (this.layer?.tool !== tool) return;
    this.cancel();
    this.layer = null;
  }

  get isBusy(): boolean {
    return this.layer?.tool.isBusy ?? false;
  }

  cancel(): boolean {
    return this.ask((tool, context) => {
      tool.cancel(context);
      return true;
    });
  }

  finish(): boolean {
    return this.ask((tool, context) => tool.finish(context));
  }

  stepBack(): boolean {
    return this.ask((tool, context) => tool.stepBack(context));
  }

  private ask(what: (tool: Tool, context: ToolContext) => boolean): boolean {
    if (this.layer === null || !this.layer.tool.isBusy) return false;
    const isDone = what(this.layer.tool, this.layer.context());
    this.listeners.forEach((listener) => listener());
    return isDone;
  }
}
