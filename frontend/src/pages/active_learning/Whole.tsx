import { NumberInput } from "@mantine/core";

/** A whole number, never empty. */
export function Whole({
  onChange,
  min,
  ...rest
}: {
  label: string;
  description?: string;
  suffix?: string;
  error?: string | undefined;
  value: number;
  min: number;
  max: number;
  onChange: (value: number) => void;
}) {
  return (
    <NumberInput
      {...rest}
      min={min}
      allowDecimal={false}
      onChange={(value) => onChange(typeof value === "number" ? value : min)}
    />
  );
}
