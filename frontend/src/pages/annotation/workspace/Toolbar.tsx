import { ActionIcon, Tooltip } from "@mantine/core";
import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconBrush,
  IconCircleDot,
  IconEraser,
  IconHandGrab,
  IconOval,
  IconPointer,
  IconPolygon,
  IconRotateRectangle,
  IconSquareDashed,
  IconTextScan2,
  IconTimeline,
  type TablerIcon,
} from "@tabler/icons-react";
import { followedKinds } from "@/editor/time/tracks";
import { clauseHue, clauseNumber, useRecords, useWorkspace } from "./context";
import { kindOfTool, type ToolName } from "./drawing";
import { useKeyHint } from "./keyHints";
import { SeeingControls } from "./SeeingControls";
import classes from "./Workspace.module.css";

const tools: readonly { name: ToolName; label: string; icon: TablerIcon }[] = [
  { name: "select", label: "Select, move and reshape", icon: IconPointer },
  { name: "hand", label: "Move the picture", icon: IconHandGrab },
  { name: "box", label: "Draw boxes", icon: IconSquareDashed },
  { name: "turned", label: "Draw turned boxes", icon: IconRotateRectangle },
  { name: "ellipse", label: "Draw ellipses", icon: IconOval },
  { name: "polygon", label: "Draw outlines", icon: IconPolygon },
  { name: "polyline", label: "Draw lines", icon: IconTimeline },
  { name: "point", label: "Set points", icon: IconCircleDot },
  { name: "brush", label: "Paint an area", icon: IconBrush },
  { name: "eraser", label: "Erase paint", icon: IconEraser },
];

/** The tools this task has a use for, and for which question they draw. */
export function Toolbar() {
  const { bundle, store, activeKey, tool, setTool, takes, activePartId, setTextCursorPart, setActivePart } = useWorkspace();
  useRecords(store);
  const hint = useKeyHint();
  const clause = bundle.clauses.find((candidate) => candidate.key === activeKey);
  const texts = bundle.post.parts.filter((part) => part.text !== null);
  const hasPictures = bundle.post.parts.some((part) => part.kind === "image" || part.kind === "video");
  const taken = new Set(bundle.clauses.flatMap((candidate) => candidate.evidence_kinds));
  const markText = (): void => {
    const part = texts.find((candidate) => candidate.id === activePartId) ?? texts[0];
    if (part === undefined) return;
    setActivePart(part.id);
    setTextCursorPart(part.id);
  };
  const useful = tools.filter(({ name }) => {
    const kind = kindOfTool[name];
    return hasPictures && (kind === null || taken.has(kind) || (taken.has("track") && followedKinds.includes(kind)));
  });
  return (
    <div className={classes.toolbar} role="toolbar" aria-label="Tools">
      {useful.map(({ name, label, icon }) => {
        const kind = kindOfTool[name];
        return (
          <Tool
            key={name}
            label={hint(label, `label.tool-${name}`)}
            icon={icon}
            isOn={tool === name}
            isOff={kind !== null && !takes(kind) && !(takes("track") && followedKinds.includes(kind))}
            onClick={() => setTool(name)}
          />
        );
      })}
      {texts.length > 0 && taken.has("text_span") && (
        <Tool label={hint("Mark text with the keyboard", "label.mark-text")} icon={IconTextScan2} isOff={!takes("text_span")} onClick={markText} />
      )}
      <span className={classes.rule} />
      <Tool label={hint("Undo", "label.undo")} icon={IconArrowBackUp} isOff={!store.canUndo} onClick={() => void store.undo()} />
      <Tool label={hint("Redo", "label.redo")} icon={IconArrowForwardUp} isOff={!store.canRedo} onClick={() => void store.redo()} />
      {hasPictures && <SeeingControls />}
      <span className={classes.grow} />
      {clause !== undefined && (
        <span className={classes.drawsFor} title={`Evidence for “${clause.title}”`}>
          <span className={classes.badge} style={{ background: clauseHue(bundle, activeKey) }}>
            {clauseNumber(bundle, activeKey)}
          </span>
          {clause.title}
        </span>
      )}
    </div>
  );
}

export function Tool({
  label,
  icon: Icon,
  isOn = false,
  isOff = false,
  onClick,
}: {
  label: string;
  icon: TablerIcon;
  isOn?: boolean;
  isOff?: boolean;
  onClick: () => void;
}) {
  return (
    <Tooltip label={label}>
      <ActionIcon
        size={30}
        variant={isOn && !isOff ? "light" : "subtle"}
        color={isOn && !isOff ? "petrol" : "gray"}
        aria-label={label}
        aria-pressed={isOn}
        disabled={isOff}
        onClick={onClick}
      >
        <Icon size={17} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}
