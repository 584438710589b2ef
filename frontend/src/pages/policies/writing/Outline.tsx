import { ActionIcon, Button, Menu, Tooltip } from "@mantine/core";
import { IconAlertCircle, IconDots, IconPlus } from "@tabler/icons-react";
import { type DragEvent, useState } from "react";
import { StatusBadge, useConfirm, useShortcuts } from "@/ui";
import type { OutlineRow } from "../reading/outline";
import type { Clause, Release } from "../shapes";
import { changeLooks, changeWords } from "../wording";
import { AddClauseDialog } from "./AddClauseDialog";
import type { Entry } from "./ClauseDesk";
import classes from "./Outline.module.css";
import { indented, movedBefore, movedBy, outdented, type Place } from "./rearranging";
import { useOutline } from "./useOutline";

/** The tree of clauses: choose one, move it by keys or by hand, add and take out. */
export function Outline({
  release,
  rows,
  entries,
  chosen,
  aboutKey,
  onOpen,
}: {
  release: Release;
  rows: readonly OutlineRow[];
  entries: ReadonlyMap<string, Entry>;
  chosen: string;
  aboutKey: string;
  onOpen: (key: string) => void;
}) {
  const { arrange, remove } = useOutline(release);
  const [isAdding, setAdding] = useState(false);
  const [dragged, setDragged] = useState<string | null>(null);
  const [ask, dialog] = useConfirm();
  const places: Place[] = release.clauses.map(({ key, parent_key }) => ({ key, parent_key }));
  const move = (next: Place[] | null): void => {
    if (next !== null) arrange.mutate(next);
  };
  const actions = {
    up: () => move(movedBy(places, chosen, -1)),
    down: () => move(movedBy(places, chosen, 1)),
    in: () => move(indented(places, chosen)),
    out: () => move(outdented(places, chosen)),
  };
  useShortcuts([
    { id: "outline.add", label: "Add a clause", keys: "alt+n", whileTyping: true, run: () => setAdding(true) },
    { id: "outline.up", label: "Move the clause up", keys: "alt+ArrowUp", whileTyping: true, run: actions.up },
    { id: "outline.down", label: "Move the clause down", keys: "alt+ArrowDown", whileTyping: true, run: actions.down },
    { id: "outline.in", label: "Put the clause under the one above", keys: "alt+shift+ArrowRight", whileTyping: true, run: actions.in },
    { id: "outline.out", label: "Take the clause one level out", keys: "alt+shift+ArrowLeft", whileTyping: true, run: actions.out },
  ]);

  function askToRemove(clause: Clause): void {
    ask({
      title: `Take out “${clause.document.title}”?`,
      text: "The draft no longer asks it. Earlier releases keep it, and so do the answers given under them.",
      confirm: "Take it out",
      isDangerous: true,
      onConfirm: () => remove.mutate(clause),
    });
  }

  return (
    <nav className={classes.outline} aria-label="Outline">
      <button
        type="button"
        className={classes.about}
        aria-current={chosen === aboutKey ? "true" : undefined}
        onClick={() => onOpen(aboutKey)}
      >
        Title and notes
      </button>
      <ol className={classes.list}>
        {rows.map(({ clause, depth }) => (
          <li
            key={clause.key}
            className={classes.row}
            style={{ paddingInlineStart: depth * 14 }}
            data-dragged={dragged === clause.key || undefined}
            draggable
            onDragStart={() => setDragged(clause.key)}
            onDragEnd={() => setDragged(null)}
            onDragOver={(event: DragEvent) => dragged !== null && event.preventDefault()}
            onDrop={() => {
              if (dragged !== null && dragged !== clause.key) move(movedBefore(places, dragged, clause.key));
              setDragged(null);
            }}
          >
            <OutlineEntry clause={clause} entry={entries.get(clause.key)} isChosen={chosen === clause.key} onOpen={onOpen} />
            {chosen === clause.key && <RowMenu actions={actions} onRemove={() => askToRemove(clause)} />}
          </li>
        ))}
      </ol>
      <Button
        variant="subtle"
        size="xs"
        leftSection={<IconPlus size={14} aria-hidden />}
        onClick={() => setAdding(true)}
      >
        Add a clause
      </Button>
      <AddClauseDialog
        release={release}
        isOpen={isAdding}
        onClose={() => setAdding(false)}
        onAdded={(key) => {
          setAdding(false);
          onOpen(key);
        }}
      />
      {dialog}
    </nav>
  );
}

function OutlineEntry({
  clause,
  entry,
  isChosen,
  onOpen,
}: {
  clause: Clause;
  entry: Entry | undefined;
  isChosen: boolean;
  onOpen: (key: string) => void;
}) {
  const title = (entry?.text ?? clause.document).title;
  return (
    <button
      type="button"
      className={classes.entry}
      aria-current={isChosen ? "true" : undefined}
      onClick={() => onOpen(clause.key)}
    >
      <span className={classes.title}>{title === "" ? clause.key : title}</span>
      <span className={classes.signs}>
        {clause.change !== "none" && (
          <StatusBadge state={clause.change} label={changeWords[clause.change]} {...changeLooks[clause.change]} />
        )}
        {clause.problems.length > 0 && (
          <Tooltip label={clause.problems[0]?.sentence}>
            <span className={classes.problem}>
              <IconAlertCircle size={15} aria-hidden />
              <span className={classes.hidden}>{clause.problems.length} to do</span>
            </span>
          </Tooltip>
        )}
      </span>
    </button>
  );
}

function RowMenu({
  actions,
  onRemove,
}: {
  actions: Readonly<Record<"up" | "down" | "in" | "out", () => void>>;
  onRemove: () => void;
}) {
  return (
    <Menu>
      <Menu.Target>
        <ActionIcon size={26} aria-label="Move or take out this clause">
          <IconDots size={15} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={actions.up}>Move up</Menu.Item>
        <Menu.Item onClick={actions.down}>Move down</Menu.Item>
        <Menu.Item onClick={actions.in}>Put under the one above</Menu.Item>
        <Menu.Item onClick={actions.out}>One level out</Menu.Item>
        <Menu.Divider />
        <Menu.Item color="rust" onClick={onRemove}>
          Take out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
