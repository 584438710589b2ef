import { ActionIcon, Menu, Tooltip } from "@mantine/core";
import { IconEye, IconEyeOff, IconMagnet, IconMinus, IconPlus } from "@tabler/icons-react";
import { type ComponentProps, useSyncExternalStore } from "react";
import { CLOSEST, type PictureView, ZOOM_STEP } from "@/editor/view";
import { useWorkspace } from "./context";
import { activeView, brushStep } from "./drawing";
import { useKeyHint } from "./keyHints";
import { Tool } from "./Toolbar";
import classes from "./Workspace.module.css";

const zooms = [1, 2, 4, 8, 16, CLOSEST] as const;
const fills = [
  { value: 0, label: "Lines only" },
  { value: 0.2, label: "Faint" },
  { value: 0.5, label: "Half" },
  { value: 1, label: "Strong" },
] as const;

/** How the picture and its marks are looked at: zoom, snapping, what is shown, the brush. Nothing here changes a mark. */
export function SeeingControls() {
  const workspace = useWorkspace();
  const { drawing, setDrawing, tool } = workspace;
  const hint = useKeyHint();
  const view = activeView(workspace);
  // Only what is written here: this is drawn anew when it changes, not with every step of a zoom.
  const isClosest = useSyncExternalStore(view.subscribe, () => view.snapshot().scale >= CLOSEST);
  const isZoomed = useSyncExternalStore(view.subscribe, () => view.isZoomed);
  const isBrush = tool === "brush" || tool === "eraser";
  return (
    <>
      <span className={classes.rule} />
      <Tool label={hint("Zoom out", "label.zoom-out")} icon={IconMinus} isOff={!isZoomed} onClick={() => view.zoomBy(1 / ZOOM_STEP)} />
      <Menu position="bottom-start">
        <Menu.Target>
          <ZoomButton view={view} />
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => view.fit()}>{hint("Fit the picture", "label.zoom-fit")}</Menu.Item>
          {zooms.map((zoom) => (
            <Menu.Item key={zoom} onClick={() => view.zoomTo(zoom)}>
              {percent(zoom)}
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Label>{hint("Fill of marks", "label.opacity")}</Menu.Label>
          {fills.map(({ value, label }) => (
            <Menu.Item key={value} onClick={() => setDrawing({ opacity: value })} aria-current={drawing.opacity === value || undefined} fw={drawing.opacity === value ? 700 : 400}>
              {label}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <Tool label={hint("Zoom in", "label.zoom-in")} icon={IconPlus} isOff={isClosest} onClick={() => view.zoomBy(ZOOM_STEP)} />
      <span className={classes.rule} />
      <Tool
        label={hint("Snap to edges and corners", "label.snap")}
        icon={IconMagnet}
        isOn={drawing.isSnapping}
        onClick={() => setDrawing({ isSnapping: !drawing.isSnapping })}
      />
      <Tooltip label={hint(drawing.isAllHidden ? "Show all marks" : "Hide all marks", "label.hide-all")}>
        <ActionIcon
          size={30}
          variant={drawing.isAllHidden ? "light" : "subtle"}
          color={drawing.isAllHidden ? "petrol" : "gray"}
          aria-label="Hide all marks"
          aria-pressed={drawing.isAllHidden}
          onClick={() => setDrawing({ isAllHidden: !drawing.isAllHidden, ...(drawing.isAllHidden ? { hidden: new Set() } : {}) })}
        >
          {drawing.isAllHidden ? <IconEyeOff size={17} aria-hidden /> : <IconEye size={17} aria-hidden />}
        </ActionIcon>
      </Tooltip>
      {isBrush && (
        <span className={classes.brush} role="group" aria-label="Brush size">
          <Tool label={hint("Smaller brush", "label.brush-smaller")} icon={IconMinus} onClick={() => setDrawing({ brushRadius: brushStep(drawing.brushRadius, -1) })} />
          <span className={classes.brushSize}>{drawing.brushRadius * 2} px</span>
          <Tool label={hint("Larger brush", "label.brush-larger")} icon={IconPlus} onClick={() => setDrawing({ brushRadius: brushStep(drawing.brushRadius, 1) })} />
        </span>
      )}
    </>
  );
}

/** How close the picture is; opens the menu. */
function ZoomButton({ view, ...target }: { view: PictureView } & ComponentProps<"button">) {
  const scale = useSyncExternalStore(view.subscribe, () => percent(view.snapshot().scale));
  return (
    <button type="button" {...target} className={classes.percent} aria-label={`Zoom: ${scale}`}>
      {scale}
    </button>
  );
}

function percent(scale: number): string {
  return `${Math.round(scale * 100).toLocaleString("en")} %`;
}
