import { ActionIcon, Button, Menu, Switch } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconGripVertical, IconMessage, IconPlus, IconTrash } from "@tabler/icons-react";
import { type DragEvent, useState } from "react";
import { useShortcuts } from "@/ui";
import { firstStop, focusNext, moveByArrows } from "@/ui/focus";
import { bound } from "@/work/keyTables";
import { worded } from "@/work/rule/wording";
import { BlockReading, Scale } from "../reading/ClauseReading";
import reading from "../reading/ClauseReading.module.css";
import { type Block, type Clause, type ClauseText, isExamples, type Release } from "../shapes";
import type { Speaking } from "../talk/TalkPanel";
import { blockHints, blockOrder, blockTitles } from "../wording";
import classes from "./ClauseWriting.module.css";
import { blockCommands, clauseCommands } from "./commands";
import { ExamplesWriting } from "./ExamplesWriting";
import { blockAdded, blockMoved, blockPutAt, blockRemoved, blockReplaced } from "./blocks";
import { ProseField } from "./ProseField";
import { RelationsWriting } from "./RelationsWriting";
import { ScaleWriting } from "./ScaleWriting";
import { StepsWriting } from "./StepsWriting";
import { TaxonomyWriting } from "./TaxonomyWriting";
import { LanguageTabs, WordingWriting } from "./WordingWriting";

type Write = (change: (text: ClauseText) => ClauseText) => void;

/** The page of one clause: every passage stands as it will be read until somebody writes in it. */
export function ClauseWriting({
  release,
  clauseKey,
  text,
  others,
  talk,
  onWrite,
  onSpeak,
}: {
  release: Release;
  clauseKey: string;
  text: ClauseText;
  others: readonly Clause[];
  /** How many comments and suggestions wait, by passage. */
  talk: ReadonlyMap<string, number>;
  onWrite: Write;
  onSpeak: (speaking: Speaking) => void;
}) {
  const [isPreview, setPreview] = useState(false);
  const [asked, setLanguage] = useState("");
  const language = text.translations.some((one) => one.language === asked) ? asked : "";
  useShortcuts(bound(clauseCommands, { "writing.preview": () => setPreview(!isPreview) }));
  return (
    <article className={classes.page} aria-label={text.title === "" ? clauseKey : text.title}>
      <div className={classes.corner}>
        <code>{clauseKey}</code>
        <LanguageTabs text={text} language={language} onLanguage={setLanguage} onWrite={onWrite} />
        <Switch
          size="xs"
          label="As readers see it"
          checked={isPreview}
          onChange={(event) => setPreview(event.currentTarget.checked)}
        />
      </div>
      {isPreview && <Preview release={release} text={language === "" ? text : worded(text, passagesIn(text, language))} />}
      {!isPreview && language !== "" && (
        <WordingWriting key={language} text={text} language={language} onWrite={onWrite} onRemoved={() => setLanguage("")} />
      )}
      {!isPreview && language === "" && (
        <Fields release={release} text={text} others={others} talk={talk} onWrite={onWrite} onSpeak={onSpeak} />
      )}
    </article>
  );
}

function passagesIn(text: ClauseText, language: string) {
  return text.translations.find((one) => one.language === language)?.passages ?? [];
}

function Preview({ release, text }: { release: Release; text: ClauseText }) {
  return (
    <>
      <h2 className={reading.title}>{text.title}</h2>
      <p className={reading.question}>{text.question}</p>
      <Scale document={text} />
      {text.blocks.map((block) => (
        <BlockReading key={block.id} block={block} document={text} release={release} />
      ))}
    </>
  );
}

function Fields({
  release,
  text,
  others,
  talk,
  onWrite,
  onSpeak,
}: {
  release: Release;
  text: ClauseText;
  others: readonly Clause[];
  talk: ReadonlyMap<string, number>;
  onWrite: Write;
  onSpeak: (speaking: Speaking) => void;
}) {
  const moveFocused = (by: -1 | 1): void => {
    const id = document.activeElement?.closest<HTMLElement>("[data-block]")?.dataset["block"];
    if (id !== undefined) onWrite((now) => blockMoved(now, id, by));
  };
  useShortcuts(
    bound(blockCommands, { "writing.block-up": () => moveFocused(-1), "writing.block-down": () => moveFocused(1) }),
  );
  const blockAt = (at: number): HTMLElement | undefined =>
    [...document.querySelectorAll<HTMLElement>("[data-block]")].at(at);
  const add = (type: Block["type"]): void => {
    const count = text.blocks.length;
    onWrite((now) => blockAdded(now, type));
    focusNext(() => {
      const added = blockAt(count);
      return added?.querySelector<HTMLElement>("textarea") ?? firstStop(added?.querySelector("[data-examples]"));
    });
  };
  const remove = (block: Block, at: number): void => {
    const isLast = at === text.blocks.length - 1;
    onWrite((now) => blockRemoved(now, block.id));
    focusNext(() => {
      if (document.querySelector(`[data-block="${block.id}"]`) !== null) return null;
      return blockAt(isLast ? -1 : at) ?? document.querySelector<HTMLElement>("[data-add-block]");
    });
  };
  const dragging = useBlockDragging((id, at) => onWrite((now) => blockPutAt(now, id, at)));
  return (
    <>
      <input
        className={classes.title}
        aria-label="Title"
        data-landing
        data-passage="title"
        placeholder="Title"
        maxLength={500}
        value={text.title}
        onChange={(event) => {
          const title = event.currentTarget.value;
          onWrite((now) => ({ ...now, title }));
        }}
      />
      <div className={classes.growing} data-text={text.question}>
        <textarea
          className={classes.question}
          aria-label="Question"
          data-passage="question"
          placeholder="What do annotators decide? Ask it as a question."
          rows={1}
          maxLength={500}
          dir="auto"
          value={text.question}
          onChange={(event) => {
            const question = event.currentTarget.value.replaceAll("\n", " ");
            onWrite((now) => ({ ...now, question }));
          }}
        />
      </div>
      {text.blocks.map((block, at) => (
        <section
          key={block.id}
          className={classes.block}
          aria-label={blockTitles[block.type]}
          data-type={block.type}
          data-block={block.id}
          data-passage={`blocks/${block.id}`}
          tabIndex={-1}
          {...dragging.target(block.id, at)}
        >
          <div className={classes.margin}>
            <h3 className={classes.name}>{blockTitles[block.type]}</h3>
            <BlockTools
              block={block}
              at={at}
              count={text.blocks.length}
              said={talk.get(`blocks/${block.id}`) ?? 0}
              grip={dragging.grip(block.id)}
              onWrite={onWrite}
              onSpeak={onSpeak}
              onRemove={() => remove(block, at)}
            />
          </div>
          {isExamples(block) ? (
            <ExamplesWriting
              block={block}
              text={text}
              projectId={release.policy.project_id}
              releaseId={release.id}
              onChange={(next) => onWrite((now) => blockReplaced(now, next))}
            />
          ) : (
            <ProseField
              label={blockTitles[block.type]}
              hint={blockHints[block.type]}
              value={block.text}
              onChange={(value) => onWrite((now) => blockReplaced(now, { ...block, text: value }))}
            />
          )}
        </section>
      ))}
      <AddBlock onAdd={add} />
      {text.kind === "verdict" ? <ScaleWriting text={text} onWrite={onWrite} /> : <StepsWriting text={text} onWrite={onWrite} />}
      <RelationsWriting text={text} others={others} onWrite={onWrite} />
      <TaxonomyWriting text={text} onWrite={onWrite} />
    </>
  );
}

/** Blocks are taken by their grip and dropped before or after another; the keys do the same. */
function useBlockDragging(onDrop: (id: string, at: number) => void) {
  const [dragged, setDragged] = useState<string | null>(null);
  const [over, setOver] = useState<{ id: string; isAfter: boolean } | null>(null);
  const isAfter = (event: DragEvent<HTMLElement>): boolean => {
    const box = event.currentTarget.getBoundingClientRect();
    return event.clientY > box.top + box.height / 2;
  };
  return {
    grip: (id: string) => ({
      draggable: true,
      onDragStart: (event: DragEvent<HTMLElement>) => {
        event.dataTransfer.effectAllowed = "move";
        setDragged(id);
      },
      onDragEnd: () => {
        setDragged(null);
        setOver(null);
      },
    }),
    target: (id: string, at: number) => ({
      "data-dragged": dragged === id || undefined,
      "data-drop": over?.id === id && dragged !== id ? (over.isAfter ? "after" : "before") : undefined,
      onDragOver: (event: DragEvent<HTMLElement>) => {
        if (dragged === null) return;
        event.preventDefault();
        const next = isAfter(event);
        if (over?.id !== id || over.isAfter !== next) setOver({ id, isAfter: next });
      },
      onDrop: (event: DragEvent<HTMLElement>) => {
        event.preventDefault();
        if (dragged !== null && dragged !== id) onDrop(dragged, isAfter(event) ? at + 1 : at);
        setDragged(null);
        setOver(null);
      },
    }),
  };
}

function BlockTools({
  block,
  at,
  count,
  said,
  grip,
  onWrite,
  onSpeak,
  onRemove,
}: {
  block: Block;
  at: number;
  count: number;
  said: number;
  grip: ReturnType<ReturnType<typeof useBlockDragging>["grip"]>;
  onWrite: Write;
  onSpeak: (speaking: Speaking) => void;
  onRemove: () => void;
}) {
  const name = blockTitles[block.type].toLowerCase();
  return (
    <span
      className={classes.tools}
      role="toolbar"
      aria-label={`Comment on, move or take out ${name}`}
      data-said={said > 0 || undefined}
      onKeyDown={(event) => {
        if (moveByArrows(event, event.currentTarget, "button:not([disabled])", "left and right")) event.preventDefault();
      }}
    >
      <span className={classes.grip} title={`Drag ${name} to another place`} {...grip}>
        <IconGripVertical size={14} aria-hidden />
      </span>
      <ActionIcon
        size={24}
        w={said > 0 ? 34 : undefined}
        className={classes.saying}
        aria-label={said > 0 ? `${said} open about ${name}` : `Comment on ${name}`}
        onClick={() => onSpeak({ at: `blocks/${block.id}`, mode: "comment" })}
      >
        <IconMessage size={14} />
        {said > 0 && <span className={classes.said}>{said}</span>}
      </ActionIcon>
      <ActionIcon
        size={24}
        aria-label={`Move ${name} up`}
        tabIndex={-1}
        disabled={at === 0}
        onClick={() => onWrite((now) => blockMoved(now, block.id, -1))}
      >
        <IconArrowUp size={14} />
      </ActionIcon>
      <ActionIcon
        size={24}
        aria-label={`Move ${name} down`}
        tabIndex={-1}
        disabled={at === count - 1}
        onClick={() => onWrite((now) => blockMoved(now, block.id, 1))}
      >
        <IconArrowDown size={14} />
      </ActionIcon>
      <ActionIcon size={24} aria-label={`Take out ${name}`} tabIndex={-1} onClick={onRemove}>
        <IconTrash size={14} />
      </ActionIcon>
    </span>
  );
}

function AddBlock({ onAdd }: { onAdd: (type: Block["type"]) => void }) {
  return (
    <Menu>
      <Menu.Target>
        <Button className={classes.add} data-add-block variant="subtle" size="xs" leftSection={<IconPlus size={14} aria-hidden />}>
          Add a block
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {blockOrder.map((type) => (
          <Menu.Item key={type} onClick={() => onAdd(type)}>
            {blockTitles[type]}
            <span className={classes.hint}>{blockHints[type]}</span>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
