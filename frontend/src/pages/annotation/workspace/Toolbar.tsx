import { ActionIcon, Tooltip } from "@mantine/core";
import { IconArrowBackUp, IconArrowForwardUp, IconPointer, IconSquareDashed, IconTextScan2, type TablerIcon } from "@tabler/icons-react";
import { clauseHue, clauseNumber, useRecords, useWorkspace } from "./context";
import classes from "./Workspace.module.css";

/** The tools, and for which question they draw. */
export function Toolbar() {
  const { bundle, store, activeKey, tool, setTool, takes, activePartId, setTextCursorPart, setActivePart } = useWorkspace();
  useRecords(store);
  const clause = bundle.clauses.find((candidate) => candidate.key === activeKey);
  const texts = bundle.post.parts.filter((part) => part.text !== null);
  const markText = (): void => {
    const part = texts.find((candidate) => candidate.id === activePartId) ?? texts[0];
    if (part === undefined) return;
    setActivePart(part.id);
    setTextCursorPart(part.id);
  };
  return (
    <div className={classes.toolbar} role="toolbar" aria-label="Tools">
      <Tool label="Select and move (V)" icon={IconPointer} isOn={tool === "select"} onClick={() => setTool("select")} />
      <Tool label="Draw boxes (B)" icon={IconSquareDashed} isOn={tool === "box"} isOff={!takes("box")} onClick={() => setTool("box")} />
      <Tool label="Mark text with the keyboard (T)" icon={IconTextScan2} isOff={!takes("text_span") || texts.length === 0} onClick={markText} />
      <span className={classes.rule} />
      <Tool label="Undo (Ctrl+Z)" icon={IconArrowBackUp} isOff={!store.canUndo} onClick={() => void store.undo()} />
      <Tool label="Redo (Ctrl+Shift+Z)" icon={IconArrowForwardUp} isOff={!store.canRedo} onClick={() => void store.redo()} />
      <span className={classes.grow} />
      {clause !== undefined && (
        <span className={classes.drawsFor}>
          Evidence for
          <span className={classes.badge} style={{ background: clauseHue(bundle, activeKey) }}>
            {clauseNumber(bundle, activeKey)}
          </span>
          {clause.title}
        </span>
      )}
    </div>
  );
}

function Tool({
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
