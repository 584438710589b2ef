import { ActionIcon, Button, Select, TextInput } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import type { HarmCategory } from "@/work/protection/shapes";
import { severities } from "@/work/protection/words";
import classes from "../Protection.module.css";

const NEVER = severities.length;
const consents = [
  ...severities.map((name, at) => ({ value: String(at), label: at === 0 ? "always" : `from ${name} on` })),
  { value: String(NEVER), label: "never" },
];

/** The kinds of harm, and from which severity on people are asked before they are handed any. */
export function Categories({ categories, onChange }: { categories: readonly HarmCategory[]; onChange: (categories: HarmCategory[]) => void }) {
  const put = (at: number, change: Partial<HarmCategory>): void => onChange(categories.map((one, index) => (index === at ? { ...one, ...change } : one)));
  return (
    <>
      {categories.map((category, at) => (
        <div key={`${at} ${categories.length}`} className={classes.limit}>
          <TextInput aria-label={`Kind ${at + 1}: its name`} w={200} maxLength={80} value={category.name} onChange={(event) => put(at, { name: event.currentTarget.value })} />
          <TextInput aria-label={`Kind ${at + 1}: its key`} w={160} maxLength={40} value={category.key} onChange={(event) => put(at, { key: event.currentTarget.value })} />
          <Select
            aria-label={`Kind ${at + 1}: people are asked first`}
            w={190}
            allowDeselect={false}
            data={consents}
            value={String(category.consent_from)}
            onChange={(value) => put(at, { consent_from: Number(value ?? NEVER) })}
          />
          <ActionIcon aria-label={`Remove ${category.name}`} onClick={() => onChange(categories.filter((_, index) => index !== at))}>
            <IconTrash size={16} aria-hidden />
          </ActionIcon>
        </div>
      ))}
      <p className={classes.note}>Name, key, and from which severity on people are asked before they are handed any.</p>
      <div>
        <Button variant="default" size="xs" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => onChange([...categories, { key: "", name: "", consent_from: 3 }])}>
          Add a kind
        </Button>
      </div>
    </>
  );
}
