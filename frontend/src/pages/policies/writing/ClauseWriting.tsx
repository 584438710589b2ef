import { ActionIcon, Button, Menu, Switch } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { useShortcuts } from "@/ui";
import { BlockReading, Scale } from "../reading/ClauseReading";
import reading from "../reading/ClauseReading.module.css";
import { type Block, type Clause, type ClauseText, isExamples } from "../shapes";
import { blockHints, blockOrder, blockTitles } from "../wording";
import classes from "./ClauseWriting.module.css";
import { ExamplesWriting } from "./ExamplesWriting";
import { blockAdded, blockMoved, blockRemoved, blockReplaced } from "./blocks";
import { ProseField } from "./ProseField";
import { RelationsWriting } from "./RelationsWriting";
import { ScaleWriting } from "./ScaleWriting";

type Write = (change: (text: ClauseText) => ClauseText) => void;

/** The page of one clause: every passage stands as it will be read until somebody writes in it. */
export function ClauseWriting({
  clauseKey,
  text,
  others,
  onWrite,
}: {
  clauseKey: string;
  text: ClauseText;
  others: readonly Clause[];
  onWrite: Write;
}) {
  const [isPreview, setPreview] = useState(false);
  useShortcuts([
    {
      id: "writing.preview",
      label: "Show as readers see it",
      keys: "alt+p",
      whileTyping: true,
      run: () => setPreview(!isPreview),
    },
  ]);
  return (
    <article className={classes.page} aria-label={text.title === "" ? clauseKey : text.title}>
      <div className={classes.corner}>
        <code>{clauseKey}</code>
        <Switch
          size="xs"
          label="As readers see it"
          checked={isPreview}
          onChange={(event) => setPreview(event.currentTarget.checked)}
        />
      </div>
      {isPreview ? <Preview text={text} /> : <Fields text={text} others={others} onWrite={onWrite} />}
    </article>
  );
}

function Preview({ text }: { text: ClauseText }) {
  return (
    <>
      <h2 className={reading.title}>{text.title}</h2>
      <p className={reading.question}>{text.question}</p>
      <Scale document={text} />
      {text.blocks.map((block) => (
        <BlockReading key={block.id} block={block} document={text} />
      ))}
    </>
  );
}

function Fields({ text, others, onWrite }: { text: ClauseText; others: readonly Clause[]; onWrite: Write }) {
  return (
    <>
      <input
        className={classes.title}
        aria-label="Title"
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
        <section key={block.id} className={classes.block} aria-label={blockTitles[block.type]} data-type={block.type}>
          <div className={classes.margin}>
            <h3 className={classes.name}>{blockTitles[block.type]}</h3>
            <BlockTools block={block} at={at} count={text.blocks.length} onWrite={onWrite} />
          </div>
          {isExamples(block) ? (
            <ExamplesWriting block={block} text={text} onChange={(next) => onWrite((now) => blockReplaced(now, next))} />
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
      <AddBlock onAdd={(type) => onWrite((now) => blockAdded(now, type))} />
      {text.kind === "verdict" && <ScaleWriting text={text} onWrite={onWrite} />}
      <RelationsWriting text={text} others={others} onWrite={onWrite} />
    </>
  );
}

function BlockTools({ block, at, count, onWrite }: { block: Block; at: number; count: number; onWrite: Write }) {
  const name = blockTitles[block.type].toLowerCase();
  return (
    <span className={classes.tools}>
      <ActionIcon
        size={24}
        aria-label={`Move ${name} up`}
        disabled={at === 0}
        onClick={() => onWrite((now) => blockMoved(now, block.id, -1))}
      >
        <IconArrowUp size={14} />
      </ActionIcon>
      <ActionIcon
        size={24}
        aria-label={`Move ${name} down`}
        disabled={at === count - 1}
        onClick={() => onWrite((now) => blockMoved(now, block.id, 1))}
      >
        <IconArrowDown size={14} />
      </ActionIcon>
      <ActionIcon size={24} aria-label={`Take out ${name}`} onClick={() => onWrite((now) => blockRemoved(now, block.id))}>
        <IconTrash size={14} />
      </ActionIcon>
    </span>
  );
}

function AddBlock({ onAdd }: { onAdd: (type: Block["type"]) => void }) {
  return (
    <Menu>
      <Menu.Target>
        <Button className={classes.add} variant="subtle" size="xs" leftSection={<IconPlus size={14} aria-hidden />}>
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
