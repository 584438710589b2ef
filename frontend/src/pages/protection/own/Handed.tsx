import { Select, Switch } from "@mantine/core";
import { Panel } from "@/ui";
import type { OwnCategory, OwnProtection, OwnProtectionInput } from "@/work/protection/shapes";
import { severities, severityName } from "@/work/protection/words";
import classes from "../Protection.module.css";

const MOST = severities.length - 1;
const choices = severities.slice(1).map((name, at) => ({ value: String(at + 1), label: at + 1 === MOST ? "all of it" : `up to ${name}` }));

/** What is handed to the person, kind by kind; no reason is asked for leaving one out. */
export function Handed({
  own,
  input,
  onChange,
}: {
  own: OwnProtection;
  input: OwnProtectionInput;
  onChange: (input: OwnProtectionInput) => void;
}) {
  const say = (category: string, upTo: number): void =>
    onChange({ ...input, consents: [...input.consents.filter((one) => one.category !== category), { category, up_to: upTo }] });
  return (
    <Panel
      title="What you are handed"
      note="Leave out any kind, at any time. Nobody is told, it needs no reason, and it counts in no figure about you."
    >
      <table className={classes.kinds}>
        <thead>
          <tr>
            <th scope="col">Kind</th>
            <th scope="col">How severe at most</th>
            <th scope="col">Asked first</th>
          </tr>
        </thead>
        <tbody>
          {own.categories.map((category) => (
            <Kind key={category.key} category={category} upTo={chosen(input, category)} onSay={(upTo) => say(category.key, upTo)} />
          ))}
          <tr>
            <th scope="row">Anything at all</th>
            <td>
              <Select
                aria-label="Anything at all: how severe at most"
                w={170}
                allowDeselect={false}
                data={[{ value: "0", label: "only what is harmless" }, ...choices]}
                value={String(input.severity_most)}
                onChange={(value) => onChange({ ...input, severity_most: Number(value ?? MOST) })}
              />
            </td>
            <td />
          </tr>
        </tbody>
      </table>
    </Panel>
  );
}

function Kind({ category, upTo, onSay }: { category: OwnCategory; upTo: number; onSay: (upTo: number) => void }) {
  const { key, name, consent_from: from } = category;
  return (
    <tr data-kind={key}>
      <th scope="row">
        <Switch label={name} checked={upTo > 0} onChange={(event) => onSay(event.currentTarget.checked ? Math.max(Math.min(from - 1, MOST), 1) : 0)} />
      </th>
      <td>
        {upTo === 0 ? (
          <span className={classes.from}>none of it</span>
        ) : (
          <Select aria-label={`${name}: how severe at most`} w={170} allowDeselect={false} data={choices} value={String(upTo)} onChange={(value) => onSay(Number(value ?? upTo))} />
        )}
      </td>
      <td className={classes.from}>{from > MOST ? "never" : `from ${severityName(from)} on`}</td>
    </tr>
  );
}

/** What the person said of a kind here, or else what stands. */
function chosen(input: OwnProtectionInput, category: OwnCategory): number {
  return input.consents.find((one) => one.category === category.key)?.up_to ?? category.up_to;
}
