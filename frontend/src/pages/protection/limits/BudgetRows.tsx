import { ActionIcon, Button, NumberInput, Select } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import type { Budget } from "@/work/protection/shapes";
import { severities } from "@/work/protection/words";
import classes from "../Protection.module.css";

const periods = [
  { value: "hour", label: "an hour" },
  { value: "day", label: "a day" },
  { value: "week", label: "a week" },
] as const satisfies readonly { value: Budget["per"]; label: string }[];

const units = [
  { value: "items", label: "posts" },
  { value: "seconds", label: "minutes in view" },
  { value: "points", label: "points" },
] as const satisfies readonly { value: Budget["unit"]; label: string }[];

const fresh: Budget = { per: "day", category: "", severity_from: 3, unit: "items", limit: 30 };

/** Limits one sets: so many posts, minutes or points of a kind, an hour, a day or a week. */
export function BudgetRows({
  budgets,
  categories,
  onChange,
}: {
  budgets: readonly Budget[];
  categories: readonly { readonly key: string; readonly name: string }[];
  onChange: (budgets: Budget[]) => void;
}) {
  const put = (at: number, budget: Budget): void => onChange(budgets.map((one, index) => (index === at ? budget : one)));
  return (
    <>
      {budgets.length > 0 && (
        <ul className={classes.limits}>
          {budgets.map((budget, at) => (
            <li key={`${at} ${budgets.length}`} className={classes.limit}>
              <Row
                budget={budget}
                number={at + 1}
                categories={categories}
                onChange={(next) => put(at, next)}
                onRemove={() => onChange(budgets.filter((_, index) => index !== at))}
              />
            </li>
          ))}
        </ul>
      )}
      <div>
        <Button variant="default" size="xs" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => onChange([...budgets, fresh])}>
          Add a limit
        </Button>
      </div>
    </>
  );
}

function Row({
  budget,
  number,
  categories,
  onChange,
  onRemove,
}: {
  budget: Budget;
  number: number;
  categories: readonly { readonly key: string; readonly name: string }[];
  onChange: (budget: Budget) => void;
  onRemove: () => void;
}) {
  const scale = budget.unit === "seconds" ? 60 : 1;
  const [limit, setLimit] = useState<number | string>(budget.limit / scale);
  const keep = (): void => {
    if (typeof limit === "number" && limit >= 0) onChange({ ...budget, limit: Math.round(limit * scale) });
    else setLimit(budget.limit / scale);
  };
  const name = (what: string): string => `Limit ${number}: ${what}`;
  return (
    <>
      <NumberInput aria-label={name("how many")} w={90} min={0} value={limit} onChange={setLimit} onBlur={keep} />
      <Select
        aria-label={name("counted in")}
        w={150}
        allowDeselect={false}
        data={[...units]}
        value={budget.unit}
        onChange={(value) => {
          const unit = units.find((one) => one.value === value)?.value ?? budget.unit;
          onChange({ ...budget, unit, limit: typeof limit === "number" ? Math.round(limit * (unit === "seconds" ? 60 : 1)) : budget.limit });
        }}
      />
      <Select
        aria-label={name("of which kind")}
        w={150}
        allowDeselect={false}
        data={[{ value: "", label: "of any kind" }, ...categories.map((one) => ({ value: one.key, label: one.name }))]}
        value={budget.category}
        onChange={(value) => onChange({ ...budget, category: value ?? "" })}
      />
      <Select
        aria-label={name("from which severity on")}
        w={150}
        allowDeselect={false}
        data={severities.map((severity, at) => ({ value: String(at), label: at === 0 ? "of any severity" : `from ${severity} on` }))}
        value={String(budget.severity_from)}
        onChange={(value) => onChange({ ...budget, severity_from: Number(value ?? budget.severity_from) })}
      />
      <Select
        aria-label={name("in which time")}
        w={110}
        allowDeselect={false}
        data={[...periods]}
        value={budget.per}
        onChange={(value) => onChange({ ...budget, per: periods.find((one) => one.value === value)?.value ?? budget.per })}
      />
      <ActionIcon aria-label={`Remove limit ${number}`} onClick={onRemove}>
        <IconTrash size={16} aria-hidden />
      </ActionIcon>
    </>
  );
}
