import { NumberInput } from "@mantine/core";
import type { Refusal } from "@/ui";
import classes from "./asking.module.css";

/** Where asking stops by itself; null where it does not. */
export interface Limits {
  readonly tokens: number | null;
  readonly cost: number | null;
}

export const noLimits: Limits = { tokens: null, cost: null };

interface Props {
  limits: Limits;
  /** Whether the endpoint's prices are told; undefined while nobody knows. */
  hasPrices: boolean | undefined;
  refusal?: Refusal | null;
  onChange: (changed: Partial<Limits>) => void;
}

/** The limits of money and of tokens at which asking a model stops. */
export function LimitFields({ limits, hasPrices, refusal, onChange }: Props) {
  return (
    <div className={classes.row}>
      <NumberInput
        label="Stop at cost"
        description={hasPrices === false ? "The endpoint’s prices are not told" : "By the endpoint’s prices"}
        placeholder="No limit"
        min={0}
        decimalScale={6}
        disabled={hasPrices !== true}
        value={limits.cost ?? ""}
        error={refusal?.at("most_cost")}
        onChange={(value) => onChange({ cost: typeof value === "number" ? value : null })}
      />
      <NumberInput
        label="Stop at tokens"
        description="In and out together"
        placeholder="No limit"
        min={1}
        allowDecimal={false}
        thousandSeparator=","
        value={limits.tokens ?? ""}
        error={refusal?.at("most_tokens")}
        onChange={(value) => onChange({ tokens: typeof value === "number" ? value : null })}
      />
    </div>
  );
}
