import { ActionIcon, Menu, Tooltip } from "@mantine/core";
import { IconArrowMerge, IconArrowRight, IconCopy, IconEyeOff, IconTrash, IconX, type TablerIcon } from "@tabler/icons-react";
import { canGiveTo, chosenRecords, duplicateChosen, giveChosenTo, hideChosen, mergeChosen, mergedChosen, removeChosen } from "./chosenMarks";
import { clauseNumber, useRecords, useWorkspace } from "./context";
import { useKeyHint } from "./keyHints";
import classes from "./SelectionBar.module.css";

/** What can be done with several chosen marks at once; it lies over the post and moves nothing. */
export function SelectionBar() {
  const workspace = useWorkspace();
  useRecords(workspace.store);
  const hint = useKeyHint();
  const marks = chosenRecords(workspace);
  if (workspace.isReadOnly || marks.length < 2) return null;
  const { bundle } = workspace;
  return (
    <div className={classes.bar} role="toolbar" aria-label="Selected marks">
      <span role="status" className={classes.count}>
        {marks.length} marks selected
      </span>
      <Does label={hint("Merge into one", "label.track-merge")} icon={IconArrowMerge} isOff={mergedChosen(workspace) === null} onClick={() => mergeChosen(workspace)} />
      <Does label={hint("Duplicate", "label.duplicate")} icon={IconCopy} onClick={() => duplicateChosen(workspace)} />
      <Does label={hint("Hide, or show", "label.hide")} icon={IconEyeOff} onClick={() => hideChosen(workspace)} />
      {bundle.clauses.length > 1 && (
        <Menu position="top">
          <Menu.Target>
            <ActionIcon size={30} variant="subtle" color="gray" aria-label="Give to another question">
              <IconArrowRight size={17} aria-hidden />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Label>Give to another question</Menu.Label>
            {bundle.clauses.map(({ key, title }) => (
              <Menu.Item key={key} disabled={!canGiveTo(workspace, key)} onClick={() => giveChosenTo(workspace, key)}>
                {hint(`${clauseNumber(bundle, key)} ${title}`, `label.give-${clauseNumber(bundle, key)}`)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
      <Does label={hint("Delete", "label.delete")} icon={IconTrash} onClick={() => removeChosen(workspace)} />
      <Does label={hint("Let go of them", "label.escape")} icon={IconX} onClick={() => workspace.select(null)} />
    </div>
  );
}

function Does({ label, icon: Icon, isOff = false, onClick }: { label: string; icon: TablerIcon; isOff?: boolean; onClick: () => void }) {
  return (
    <Tooltip label={label}>
      <ActionIcon size={30} variant="subtle" color="gray" aria-label={label} disabled={isOff} onClick={onClick}>
        <Icon size={17} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}
