import { Checkbox, Select } from "@mantine/core";
import type { SampleChoice } from "./words";

const shares = [100, 50, 20, 10, 5, 1];

/** What narrows the work to look at: a share of it, one person, one rule, or only where people differ. */
export function SampleControls({
  choice,
  onChange,
  people,
  rules,
  words,
}: {
  choice: SampleChoice;
  onChange: (choice: SampleChoice) => void;
  /** Pseudonyms. */
  people: readonly string[];
  rules: readonly { readonly key: string; readonly title: string }[];
  words: { readonly disputed: string; readonly all: string; readonly rule: string; readonly everyRule: string };
}) {
  return (
    <>
      <Checkbox
        label={words.disputed}
        checked={choice.isDisputed}
        onChange={(event) => onChange({ ...choice, isDisputed: event.currentTarget.checked })}
      />
      <Select
        aria-label="Share"
        size="xs"
        w={130}
        allowDeselect={false}
        value={String(choice.percent)}
        onChange={(value) => onChange({ ...choice, percent: Number(value ?? 100) })}
        data={shares.map((share) => ({ value: String(share), label: share === 100 ? words.all : `${share} % drawn` }))}
      />
      <Select
        aria-label="Annotator"
        placeholder="Everybody"
        size="xs"
        w={150}
        clearable
        value={choice.person}
        onChange={(person) => onChange({ ...choice, person })}
        data={people.filter((name, at) => people.indexOf(name) === at)}
      />
      <Select
        aria-label={words.rule}
        placeholder={words.everyRule}
        size="xs"
        w={150}
        clearable
        value={choice.clauseKey}
        onChange={(clauseKey) => onChange({ ...choice, clauseKey })}
        data={rules.map((rule) => ({ value: rule.key, label: rule.title }))}
      />
    </>
  );
}
