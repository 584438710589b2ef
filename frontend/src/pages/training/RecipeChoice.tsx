import { Radio } from "@mantine/core";
import { count } from "@/ui";
import type { Offer } from "./queries";
import classes from "./training.module.css";

/** Chooses among the recipes that fit a version; those that do not stand below with what is in their way. */
export function RecipeChoice({ offers, chosen, onChange }: { offers: readonly Offer[]; chosen: Offer["name"] | null; onChange: (name: Offer["name"]) => void }) {
  return (
    <Radio.Group
      label="Recipe"
      value={chosen}
      onChange={(value) => {
        const offer = offers.find((one) => one.name === value);
        if (offer !== undefined) onChange(offer.name);
      }}
    >
      <div className={classes.recipes}>
        {offers.map((offer) => (
          <Radio
            key={offer.name}
            value={offer.name}
            label={offer.title}
            description={offer.refusal ?? `${offer.summary} ${count(offer.rows)} ${offer.kind} rows in train.`}
            disabled={offer.refusal !== null}
          />
        ))}
      </div>
    </Radio.Group>
  );
}
