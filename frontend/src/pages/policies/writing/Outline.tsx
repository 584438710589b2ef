import { ActionIcon, Button, Menu, Tooltip } from "@mantine/core";
import { IconAlertCircle, IconDots, IconMessage, IconPlus } from "@tabler/icons-react";
import { type DragEvent, useState } from "react";
import { StatusBadge, useConfirm, useShortcuts } from "@/ui";
import { moveByArrows } from "@/ui/focus";
import { bound } from "@/work/keyTables";
import type { OutlineRow } from "../reading/outline";
import type { Clause, Release } from "../shapes";
import { changeLooks, changeWords } from "../wording";
import { AddClauseDialog } from "./AddClauseDialog";
import type { Entry } from "./ClauseDesk";
import { outlineCommands } from "./commands";
import { cameFrom, GoneClauses } from "./GoneClauses";
import { LineageDialog, type LineageStep } from "./LineageDialogs";
import classes from "./Outline.module.css";
import { indented, movedAfter, movedBefore, movedBy, movedInto, outdented } from "./rearranging";
import type { PresentPeople } from "./useDraftNews";
import { type Move, placesIn, useOutline } from "./useOutline";

type Drop = "before" | "into" | "after";

const movedTo = { before: movedBefore, into: movedInto, after: movedAfter };

/** The tree of clauses, one stop of Tab with arrows in it: choose one, move it by keys or by hand, add and take out. */
export function Outline({
  release,
  rows,
  entries,
  people,
  talk,
  chosen,
  aboutKey,
  onOpen,
  beforeChange,
}: {
  release: Release;
  rows: readonly OutlineRow[];
  entries: ReadonlyMap<string, Entry>;
  people: PresentPeople;
  /** How many comments and suggestions wait, by clause. */
  talk: ReadonlyMap<string, number>;
  chosen: string;
  aboutKey: string;
  onOpen: (key: string) => void;
  /** Save what is being written; a clause is only split, merged or retired as the server has it. */
  beforeChange: () => Promise<void>;
}) {
  const { arrange, remove } = useOutline(release);
  const [isAdding, setAdding] = useState(false);
  const [dragged, setDragged] = useState<string | null>(null);
  const [over, setOver] = useState<{ key: string; drop: Drop } | null>(null);
  const [step, setStep] = useState<LineageStep | null>(null);
  const chosenClause = release.clauses.find((clause) => clause.key === chosen);
  const [ask, dialog] = useConfirm();
  const places = placesIn(release);
  const move = (step: Move): void => {
    if (step(places) !== null) arrange.mutate(step);
  };
  const begin = (next: LineageStep): void => {
    void beforeChange().then(() => setStep(next));
  };
  const isInBase = chosenClause !== undefined && chosenClause.change !== "new" && release.based_on !== null;
  const retire = (): void => {
    if (chosenClause === undefined) return;
    if (isInBase) begin("retire");
    else askToRemove(chosenClause);
  };
  const drop = (key: string): void => {
    if (dragged !== null && dragged !== key && over !== null) {
      const put = movedTo[over.drop];
      move((now) => put(now, dragged, key));
    }
    setDragged(null);
    setOver(null);
  };
  const actions = {
    up: () => move((now) => movedBy(now, chosen, -1)),
    down: () => move((now) => movedBy(now, chosen, 1)),
    in: () => move((now) => indented(now, chosen)),
    out: () => move((now) => outdented(now, chosen)),
  };
  useShortcuts(
    bound(outlineCommands, {
      "outline.add": () => setAdding(true),
      "outline.up": actions.up,
      "outline.down": actions.down,
      "outline.in": actions.in,
      "outline.out": actions.out,
    }),
  );

  function askToRemove(clause: Clause): void {
    ask({
      title: `Take out “${clause.document.title}”?`,
      text: "It is new in this draft, so nobody has answered it. Its saved versions stay on record.",
      confirm: "Take it out",
      isDangerous: true,
      onConfirm: () => remove.mutate(clause),
    });
  }

  return (
    <nav
      className={classes.outline}
      aria-label="Outline"
      data-place="outline"
      onKeyDown={(event) => {
        if (moveByArrows(event, event.currentTarget, "[data-entry]", "up and down")) event.preventDefault();
      }}
    >
      <button
        type="button"
        className={classes.about}
        data-entry
        data-landing={chosen === aboutKey || undefined}
        tabIndex={chosen === aboutKey ? 0 : -1}
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
            data-drop={over?.key === clause.key && dragged !== clause.key ? over.drop : undefined}
            draggable
            onDragStart={() => setDragged(clause.key)}
            onDragEnd={() => {
              setDragged(null);
              setOver(null);
            }}
            onDragOver={(event: DragEvent<HTMLElement>) => {
              if (dragged === null) return;
              event.preventDefault();
              const next = dropAt(event);
              if (over?.key !== clause.key || over.drop !== next) setOver({ key: clause.key, drop: next });
            }}
            onDrop={() => drop(clause.key)}
          >
            <OutlineEntry
              clause={clause}
              hasBase={release.based_on !== null}
              entry={entries.get(clause.key)}
              origin={cameFrom(release, clause.key).map((gone) => gone.title)}
              here={people.filter((one) => one.clause_key === clause.key).map((one) => one.person.display_name)}
              said={talk.get(clause.key) ?? 0}
              isChosen={chosen === clause.key}
              onOpen={onOpen}
            />
            {chosen === clause.key && (
              <RowMenu
                actions={actions}
                onSplit={() => begin("split")}
                onMerge={() => begin("merge")}
                retireWord={isInBase ? "Retire…" : "Take out…"}
                onRetire={retire}
              />
            )}
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
      <GoneClauses release={release} onOpen={onOpen} />
      {chosenClause !== undefined && (
        <LineageDialog
          step={step}
          release={release}
          clause={chosenClause}
          onClose={() => setStep(null)}
          onDone={(key) => {
            setStep(null);
            onOpen(key ?? aboutKey);
          }}
        />
      )}
      {dialog}
    </nav>
  );
}

/** Where a clause would land: the upper and lower quarter of a row mean before and after it, its middle under it. */
function dropAt(event: DragEvent<HTMLElement>): Drop {
  const box = event.currentTarget.getBoundingClientRect();
  const share = (event.clientY - box.top) / box.height;
  if (share < 0.3) return "before";
  return share > 0.7 ? "after" : "into";
}

function OutlineEntry({
  clause,
  hasBase,
  entry,
  origin,
  here,
  said,
  isChosen,
  onOpen,
}: {
  clause: Clause;
  /** Where nothing stood before, everything is new and no clause says so. */
  hasBase: boolean;
  entry: Entry | undefined;
  /** Titles of the clauses of the base it came from. */
  origin: readonly string[];
  /** Who else is writing in it. */
  here: readonly string[];
  said: number;
  isChosen: boolean;
  onOpen: (key: string) => void;
}) {
  const title = (entry?.text ?? clause.document).title;
  return (
    <button
      type="button"
      className={classes.entry}
      data-entry
      data-landing={isChosen || undefined}
      tabIndex={isChosen ? 0 : -1}
      aria-current={isChosen ? "true" : undefined}
      onClick={() => onOpen(clause.key)}
    >
      <span className={classes.title}>
        {title === "" ? clause.key : title}
        {origin.length > 0 && <span className={classes.origin}>from {origin.join(", ")}</span>}
      </span>
      <span className={classes.signs}>
        {hasBase && clause.change !== "none" && (
          <StatusBadge state={clause.change} label={changeWords[clause.change]} {...changeLooks[clause.change]} />
        )}
        {said > 0 && (
          <span className={classes.said}>
            <IconMessage size={14} aria-hidden />
            {said}
            <span className={classes.hidden}> open comments</span>
          </span>
        )}
        {here.length > 0 && (
          <Tooltip label={`${here.join(", ")} is here`}>
            <span className={classes.here}>
              <span className={classes.dot} aria-hidden />
              <span className={classes.hidden}>{here.join(", ")} is here</span>
            </span>
          </Tooltip>
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
  onSplit,
  onMerge,
  retireWord,
  onRetire,
}: {
  actions: Readonly<Record<"up" | "down" | "in" | "out", () => void>>;
  onSplit: () => void;
  onMerge: () => void;
  retireWord: string;
  onRetire: () => void;
}) {
  return (
    <Menu>
      <Menu.Target>
        <ActionIcon size={26} aria-label="Move, split, merge or retire this clause">
          <IconDots size={15} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={actions.up}>Move up</Menu.Item>
        <Menu.Item onClick={actions.down}>Move down</Menu.Item>
        <Menu.Item onClick={actions.in}>Put under the one above</Menu.Item>
        <Menu.Item onClick={actions.out}>One level out</Menu.Item>
        <Menu.Divider />
        <Menu.Item onClick={onSplit}>Split…</Menu.Item>
        <Menu.Item onClick={onMerge}>Merge with others…</Menu.Item>
        <Menu.Item color="rust" onClick={onRetire}>
          {retireWord}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
