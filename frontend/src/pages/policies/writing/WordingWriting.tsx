import { ActionIcon, Button, Group, Popover, TextInput } from "@mantine/core";
import { IconCheck, IconLanguage, IconPlus, IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { StatusBadge } from "@/ui";
import { Prose } from "@/ui/Prose";
import { languageName } from "@/work/rule/wording";
import type { ClauseText } from "../shapes";
import { placeName } from "../talk/places";
import { ProseField } from "./ProseField";
import { languageAdded, languageRemoved, languageTag, passageConfirmed, passageWritten, type WordedRow, wordedRows } from "./wordings";
import classes from "./WordingWriting.module.css";

type Write = (change: (text: ClauseText) => ClauseText) => void;

/** The languages a clause can be read in, one of them on the page. */
export function LanguageTabs({
  text,
  language,
  onLanguage,
  onWrite,
}: {
  text: ClauseText;
  /** "" for the source. */
  language: string;
  onLanguage: (language: string) => void;
  onWrite: Write;
}) {
  return (
    <div className={classes.tabs} role="group" aria-label="Language">
      <IconLanguage size={15} aria-hidden />
      <button type="button" className={classes.tab} aria-pressed={language === ""} onClick={() => onLanguage("")}>
        {text.language === "" ? "Source" : languageName(text.language)}
      </button>
      {text.translations.map((one) => {
        const stale = wordedRows(text, one.language).filter((row) => row.state === "stale").length;
        return (
          <button
            key={one.language}
            type="button"
            className={classes.tab}
            aria-pressed={language === one.language}
            onClick={() => onLanguage(one.language)}
          >
            {languageName(one.language)}
            {stale > 0 && <span className={classes.stale}>{stale} stale</span>}
          </button>
        );
      })}
      <AddLanguage
        label={text.language === "" ? "Name the language it is written in" : "Add a language"}
        onAdd={(tag) => {
          if (text.language === "") {
            onWrite((now) => ({ ...now, language: tag }));
            return;
          }
          onWrite((now) => languageAdded(now, tag));
          if (tag !== text.language) onLanguage(tag);
        }}
      />
    </div>
  );
}

function AddLanguage({ label, onAdd }: { label: string; onAdd: (tag: string) => void }) {
  const [isOpen, setOpen] = useState(false);
  const [typed, setTyped] = useState("");
  const tag = languageTag(typed);
  return (
    <Popover opened={isOpen} onChange={setOpen} trapFocus>
      <Popover.Target>
        <ActionIcon size={24} aria-label={label} title={label} onClick={() => setOpen(!isOpen)}>
          <IconPlus size={14} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown>
        <form
          className={classes.adding}
          onSubmit={(event) => {
            event.preventDefault();
            if (tag === null) return;
            onAdd(tag);
            setOpen(false);
            setTyped("");
          }}
        >
          <TextInput
            size="xs"
            label={label}
            description={tag === null ? "A language tag, such as fr, de or pt-BR." : languageName(tag)}
            value={typed}
            maxLength={35}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
          <Button size="xs" type="submit" disabled={tag === null}>
            Use it
          </Button>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}

/** The clause in one other language: each passage beside its source; what the source has outgrown is marked. */
export function WordingWriting({ text, language, onWrite, onRemoved }: { text: ClauseText; language: string; onWrite: Write; onRemoved: () => void }) {
  const rows = wordedRows(text, language);
  const name = languageName(language);
  const done = rows.filter((row) => row.state === "current").length;
  return (
    <>
      <div className={classes.head}>
        <p className={classes.lead}>
          {done} of {rows.length} passages are up to date. Quoted posts stay as they are.
        </p>
        <Button
          size="compact-xs"
          variant="subtle"
          color="gray"
          leftSection={<IconTrash size={13} aria-hidden />}
          onClick={() => {
            onRemoved();
            onWrite((now) => languageRemoved(now, language));
          }}
        >
          Remove {name}
        </Button>
      </div>
      {rows.map((row) => (
        <section key={row.at} className={classes.row} aria-label={`${placeName(text, row.at)} in ${name}`}>
          <div className={classes.source}>
            <h3 className={classes.name}>{placeName(text, row.at)}</h3>
            <Prose text={row.source} size="small" />
          </div>
          <div className={classes.wording} lang={language}>
            <RowState row={row} onConfirm={() => onWrite((now) => passageConfirmed(now, language, row.at))} />
            <ProseField
              label={`${placeName(text, row.at)} in ${name}`}
              hint="Not translated yet: readers see the source."
              value={row.text}
              onChange={(words) => onWrite((now) => passageWritten(now, language, row.at, words))}
            />
          </div>
        </section>
      ))}
    </>
  );
}

function RowState({ row, onConfirm }: { row: WordedRow; onConfirm: () => void }) {
  if (row.state !== "stale") return null;
  return (
    <div className={classes.outgrown}>
      <Group gap={8}>
        <StatusBadge state="stale" label="Older than its source" />
        <Button size="compact-xs" variant="default" leftSection={<IconCheck size={13} aria-hidden />} onClick={onConfirm}>
          Still right
        </Button>
      </Group>
      <p className={classes.then}>
        It was made from: <q>{row.then}</q>
      </p>
    </div>
  );
}
