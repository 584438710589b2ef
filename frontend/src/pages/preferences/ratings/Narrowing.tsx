import { Select } from "@mantine/core";
import { count } from "@/ui";
import { type Choices, monthWords, type Narrowed } from "./figures";
import classes from "./Narrowing.module.css";

interface Props {
  readonly choices: Choices;
  readonly narrowed: Narrowed;
  readonly onChange: (narrowed: Narrowed) => void;
}

/** Which answers are rated: all, or those of a language, about a clause, of a month or under a release. */
export function Narrowing({ choices, narrowed, onChange }: Props) {
  return (
    <div className={classes.bar} role="group" aria-label="Which answers are rated">
      <One
        label="Language"
        all="All languages"
        choices={choices.language.map((each) => ({ ...each, label: each.value === "" ? "No language named" : each.value }))}
        value={narrowed.language}
        onChange={(language) => onChange({ ...narrowed, language })}
      />
      <One
        label="Clause cited"
        all="Whatever was cited"
        choices={choices.cited}
        value={narrowed.cited}
        onChange={(cited) => onChange({ ...narrowed, cited })}
      />
      <One
        label="Month"
        all="All months"
        choices={choices.month.map((each) => ({ ...each, label: monthWords(each.value) }))}
        value={narrowed.month}
        onChange={(month) => onChange({ ...narrowed, month })}
      />
      <One label="Release" all="All releases" choices={choices.release} value={narrowed.under} onChange={(under) => onChange({ ...narrowed, under })} />
      <Select
        label="Over time"
        className={classes.one}
        data={[
          { value: "", label: "As a whole" },
          { value: "month", label: "Month by month" },
          { value: "release", label: "Release by release" },
        ]}
        value={narrowed.over ?? ""}
        allowDeselect={false}
        onChange={(value) => onChange({ ...narrowed, over: value === "month" || value === "release" ? value : null })}
      />
    </div>
  );
}

interface OneProps {
  readonly label: string;
  readonly all: string;
  readonly choices: Choices["language"];
  readonly value: string | null;
  readonly onChange: (value: string | null) => void;
}

const ALL = "all";

/** A value starts with "=", so that prompts without a language can be chosen too. */
function One({ label, all, choices, value, onChange }: OneProps) {
  return (
    <Select
      label={label}
      className={classes.one}
      data={[
        { value: ALL, label: all },
        ...choices.map((each) => ({ value: `=${each.value}`, label: `${each.label ?? each.value} (${count(each.count)})` })),
      ]}
      value={value === null ? ALL : `=${value}`}
      disabled={choices.length === 0 && value === null}
      allowDeselect={false}
      onChange={(chosen) => onChange(chosen === null || chosen === ALL ? null : chosen.slice(1))}
    />
  );
}
