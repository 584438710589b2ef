import { Select } from "@mantine/core";
import type { Endpoint } from "./queries";

interface Props {
  label: string;
  endpoints: readonly Endpoint[];
  value: Endpoint;
  onChange: (endpoint: Endpoint) => void;
  isFirst?: boolean;
}

/** Which model is asked. */
export function EndpointField({ label, endpoints, value, onChange, isFirst = false }: Props) {
  return (
    <Select
      label={label}
      data={endpoints.map((one) => ({ value: one.id, label: `${one.name} (${one.model})` }))}
      value={value.id}
      allowDeselect={false}
      onChange={(id) => onChange(endpoints.find((one) => one.id === id) ?? value)}
      data-autofocus={isFirst || undefined}
    />
  );
}
