import { NumberInput } from "@mantine/core";
import { useState } from "react";

/** Minutes, or none said; kept when the field is left. */
export function Minutes({
  label,
  value,
  standing,
  min,
  max,
  onKeep,
}: {
  label: string;
  value: number | null;
  /** What stands when nothing is said here. */
  standing?: number | null;
  min: number;
  max: number;
  onKeep: (minutes: number | null) => void;
}) {
  const [typed, setTyped] = useState<number | string>(value ?? "");
  const keep = (): void => {
    const next = typeof typed === "number" ? Math.min(Math.max(Math.round(typed), min), max) : null;
    setTyped(next ?? "");
    if (next !== value) onKeep(next);
  };
  return (
    <NumberInput
      label={label}
      w={190}
      suffix=" min"
      min={min}
      max={max}
      placeholder={standing === null || standing === undefined ? "none set" : `As given: ${standing} min`}
      value={typed}
      onChange={setTyped}
      onBlur={keep}
    />
  );
}
