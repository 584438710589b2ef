import { Button, CloseButton, Fieldset, Select, TextInput } from "@mantine/core";
import { Whole } from "../Whole";
import classes from "./QuotaFields.module.css";
import { type Axis, axisWords, type QuotaRow, rowFirst } from "./quotas";

interface Props {
  rows: readonly QuotaRow[];
  problem: string | undefined;
  onChange: (rows: readonly QuotaRow[]) => void;
}

/** How the strategy's posts are shared out; without a row it is free to choose. */
export function QuotaFields({ rows, problem, onChange }: Props) {
  const change = (at: number, part: Partial<QuotaRow>): void =>
    onChange(rows.map((row, place) => (place === at ? { ...row, ...part } : row)));
  return (
    <Fieldset legend="Shares">
      <p className={classes.note}>
        {rows.length === 0
          ? "The strategy chooses freely. A share bounds how many of its posts are of one language or source, or near-duplicates."
          : "Of the posts that the strategy chooses; the random share stays free."}
      </p>
      <ul className={classes.rows}>
        {rows.map((row, at) => (
          <li key={at} className={classes.row}>
            <Select
              label="By"
              data={Object.entries(axisWords).map(([value, label]) => ({ value, label }))}
              value={row.axis}
              allowDeselect={false}
              onChange={(axis) => change(at, { axis: (axis ?? "language") as Axis })}
            />
            {row.axis === "group" ? (
              <Whole
                label="At most, of each group"
                value={row.mostPosts}
                min={1}
                max={100_000}
                onChange={(mostPosts) => change(at, { mostPosts })}
              />
            ) : (
              <Shares row={row} onChange={(part) => change(at, part)} />
            )}
            <CloseButton
              aria-label={`Remove share ${at + 1}`}
              className={classes.remove}
              onClick={() => onChange(rows.filter((_, place) => place !== at))}
            />
          </li>
        ))}
      </ul>
      {problem !== undefined && (
        <p className={classes.problem} role="alert">
          {problem}
        </p>
      )}
      <Button variant="default" size="xs" onClick={() => onChange([...rows, rowFirst])}>
        Add a share
      </Button>
    </Fieldset>
  );
}

function Shares({ row, onChange }: { row: QuotaRow; onChange: (part: Partial<QuotaRow>) => void }) {
  const isAny = row.value.trim() === "";
  return (
    <>
      <TextInput
        label={axisWords[row.axis]}
        placeholder="Every other one"
        maxLength={200}
        value={row.value}
        onChange={(event) => onChange({ value: event.currentTarget.value })}
      />
      {!isAny && (
        <Whole label="At least" suffix=" %" value={row.leastPercent} min={0} max={100} onChange={(leastPercent) => onChange({ leastPercent })} />
      )}
      <Whole label="At most" suffix=" %" value={row.mostPercent} min={0} max={100} onChange={(mostPercent) => onChange({ mostPercent })} />
    </>
  );
}
