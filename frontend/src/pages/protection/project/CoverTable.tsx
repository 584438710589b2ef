import { ActionIcon, Button, Checkbox, NumberInput, Select } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import type { HarmCategory, SetCoverRow } from "@/work/protection/shapes";
import { severities, severityName } from "@/work/protection/words";
import { builtInCover } from "@/work/seeing/shapes";
import classes from "../Protection.module.css";

type Row = SetCoverRow;

const switches = [
  ["covered", "Covered"],
  ["grey", "Grey"],
  ["text_covered", "Texts behind a line"],
  ["muted", "No sound"],
  ["paused", "Still"],
] as const;

/** How posts arrive where people say nothing themselves: a row a severity, for every kind or for one. */
export function CoverTable({
  covers,
  categories,
  onChange,
}: {
  covers: readonly Row[];
  categories: readonly HarmCategory[];
  onChange: (covers: Row[]) => void;
}) {
  const put = (at: number, change: Partial<Row>): void => onChange(covers.map((one, index) => (index === at ? { ...one, ...change } : one)));
  const name = (row: Row): string => `${severityName(row.severity)}${row.category === "" ? "" : ` ${row.category}`}`;
  return (
    <>
      <div className={classes.scroll} tabIndex={0} role="region" aria-label="How posts arrive, by severity">
        <table className={classes.kinds}>
          <thead>
            <tr>
              <th scope="col">From</th>
              <th scope="col">Kind</th>
              {switches.map(([field, label]) => (
                <th key={field} scope="col">
                  {label}
                </th>
              ))}
              <th scope="col">Blur</th>
              <th scope="col">Size</th>
              <th scope="col">
                <span aria-hidden> </span>
              </th>
            </tr>
          </thead>
          <tbody>
            {covers.map((row, at) => (
              <tr key={`${at} ${covers.length}`}>
                <td>
                  <Select
                    aria-label={`Row ${at + 1}: severity`}
                    w={120}
                    allowDeselect={false}
                    data={severities.map((severity, value) => ({ value: String(value), label: severity }))}
                    value={String(row.severity)}
                    onChange={(value) => put(at, { severity: Number(value ?? row.severity) })}
                  />
                </td>
                <td>
                  <Select
                    aria-label={`Row ${at + 1}: kind`}
                    w={140}
                    allowDeselect={false}
                    data={[{ value: "", label: "every kind" }, ...categories.filter(({ key }) => key !== "").map((one) => ({ value: one.key, label: one.name }))]}
                    value={row.category}
                    onChange={(value) => put(at, { category: value ?? "" })}
                  />
                </td>
                {switches.map(([field, label]) => (
                  <td key={field}>
                    <Checkbox aria-label={`${name(row)}: ${label.toLowerCase()}`} checked={row[field]} onChange={(event) => put(at, { [field]: event.currentTarget.checked })} />
                  </td>
                ))}
                <td>
                  <NumberInput aria-label={`${name(row)}: blur`} w={76} min={0} max={100} value={row.blur} onChange={(value) => put(at, { blur: typeof value === "number" ? value : row.blur })} />
                </td>
                <td>
                  <NumberInput aria-label={`${name(row)}: size`} w={86} min={25} max={100} suffix=" %" value={row.size} onChange={(value) => put(at, { size: typeof value === "number" ? value : row.size })} />
                </td>
                <td>
                  <ActionIcon aria-label={`Remove the row for ${name(row)}`} onClick={() => onChange(covers.filter((_, index) => index !== at))}>
                    <IconTrash size={16} aria-hidden />
                  </ActionIcon>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div>
        <Button variant="default" size="xs" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => onChange([...covers, { ...builtInCover, category: "", severity: 3 }])}>
          Add a row
        </Button>
      </div>
    </>
  );
}
