import { NumberInput, Select } from "@mantine/core";
import type { Spacing } from "@/work/protection/shapes";
import { severityName } from "@/work/protection/words";
import classes from "../Protection.module.css";

/** How severe posts are spaced: so many in a row, then so many mild ones, and a pause after each. */
export function SpacingFields({ spacing, onChange }: { spacing: Spacing; onChange: (spacing: Spacing) => void }) {
  const number = (label: string, field: "severe_in_a_row" | "then_benign" | "cool_down_seconds", min: number, max: number, suffix = "") => (
    <NumberInput
      label={label}
      w={190}
      min={min}
      max={max}
      suffix={suffix}
      clampBehavior="strict"
      value={spacing[field]}
      onChange={(value) => onChange({ ...spacing, [field]: typeof value === "number" ? value : spacing[field] })}
    />
  );
  return (
    <div className={classes.inputs}>
      {number("Severe ones in a row, at most", "severe_in_a_row", 1, 20)}
      {number("Then milder ones, at least", "then_benign", 1, 20)}
      <Select
        label="Milder means up to"
        w={150}
        allowDeselect={false}
        data={[0, 1, 2].map((severity) => ({ value: String(severity), label: severityName(severity) }))}
        value={String(spacing.benign_most)}
        onChange={(value) => onChange({ ...spacing, benign_most: Number(value ?? spacing.benign_most) })}
      />
      {number("Pause after a severe one", "cool_down_seconds", 0, 3600, " s")}
    </div>
  );
}
