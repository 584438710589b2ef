import { ActionIcon, Button, Group, Menu, TextInput } from "@mantine/core";
import { IconTags, IconTrash } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { useFocusKept } from "@/ui/focus";
import { taxonomiesQuery } from "../queries";
import type { ClauseText } from "../shapes";
import classes from "./TaxonomyWriting.module.css";

type Code = ClauseText["codes"][number];
type Write = (change: (text: ClauseText) => ClauseText) => void;

/** Where the clause stands in outside taxonomies: known ones are picked, others typed. */
export function TaxonomyWriting({ text, onWrite }: { text: ClauseText; onWrite: Write }) {
  const { data: taxonomies = [] } = useQuery(taxonomiesQuery);
  const [isTyping, setTyping] = useState(false);
  const section = useRef<HTMLElement>(null);
  useFocusKept(`${text.codes.length} ${isTyping}`, () => section.current?.querySelector<HTMLElement>("[data-add]"));
  const add = (code: Code): void =>
    onWrite((now) => (now.codes.some((one) => isSame(one, code)) ? now : { ...now, codes: [...now.codes, code] }));
  const remove = (code: Code): void => onWrite((now) => ({ ...now, codes: now.codes.filter((one) => !isSame(one, code)) }));
  return (
    <section ref={section} className={classes.box} aria-label="Outside taxonomies">
      {text.codes.map((code) => {
        const taxonomy = taxonomies.find((one) => one.key === code.taxonomy);
        const entry = taxonomy?.entries.find((one) => one.code === code.code);
        return (
          <div key={`${code.taxonomy} ${code.code}`} className={classes.row}>
            <span>
              <strong>{code.code}</strong> {entry?.name}{" "}
              <span className={classes.soft}>{taxonomy?.title ?? code.taxonomy}</span>
            </span>
            <ActionIcon size={24} aria-label={`Take out ${code.taxonomy} ${code.code}`} onClick={() => remove(code)}>
              <IconTrash size={14} />
            </ActionIcon>
          </div>
        );
      })}
      {isTyping ? (
        <TypedCode
          onAdd={(code) => {
            add(code);
            setTyping(false);
          }}
          onCancel={() => setTyping(false)}
        />
      ) : (
        <Menu width={340} position="bottom-start">
          <Menu.Target>
            <Button className={classes.add} data-add variant="subtle" size="xs" leftSection={<IconTags size={14} aria-hidden />}>
              Map to an outside taxonomy
            </Button>
          </Menu.Target>
          <Menu.Dropdown className={classes.menu}>
            {taxonomies.map((taxonomy) => (
              <div key={taxonomy.key} role="group" aria-label={taxonomy.title}>
                <Menu.Label>{taxonomy.title}</Menu.Label>
                {taxonomy.entries.map((entry) => (
                  <Menu.Item key={entry.code} onClick={() => add({ taxonomy: taxonomy.key, code: entry.code })}>
                    <strong>{entry.code}</strong> {entry.name}
                    <span className={classes.hint}>{entry.about}</span>
                  </Menu.Item>
                ))}
              </div>
            ))}
            <Menu.Divider />
            <Menu.Item onClick={() => setTyping(true)}>Another taxonomy…</Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
    </section>
  );
}

function TypedCode({ onAdd, onCancel }: { onAdd: (code: Code) => void; onCancel: () => void }) {
  const [taxonomy, setTaxonomy] = useState("");
  const [code, setCode] = useState("");
  const isReady = /^[a-z0-9][a-z0-9_-]*$/.test(taxonomy) && code.trim() !== "";
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady) onAdd({ taxonomy, code: code.trim() });
      }}
    >
      <Group gap="xs" align="end">
        <TextInput
          size="xs"
          label="Taxonomy"
          placeholder="house-codes"
          autoFocus
          maxLength={64}
          value={taxonomy}
          onChange={(event) => setTaxonomy(event.currentTarget.value.toLowerCase())}
        />
        <TextInput size="xs" label="Code" maxLength={64} value={code} onChange={(event) => setCode(event.currentTarget.value)} />
        <Button size="xs" type="submit" disabled={!isReady}>
          Add
        </Button>
        <Button size="xs" variant="default" onClick={onCancel}>
          Cancel
        </Button>
      </Group>
    </form>
  );
}

function isSame(one: Code, other: Code): boolean {
  return one.taxonomy === other.taxonomy && one.code === other.code;
}
