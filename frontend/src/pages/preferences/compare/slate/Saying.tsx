import type { Position } from "../bundle";
import { BEST, placeWords, stepsOf, WORST } from "./placing";
import classes from "./Slate.module.css";
import type { Slate } from "./useSlate";

/** What a dragged response is called between where it is taken and where it is put. */
export const DRAGGED = "application/x-concord-response";

interface Choice {
  readonly label: string;
  readonly name: string;
  readonly isGiven: boolean;
  readonly give: () => void;
}

/** The buttons under a response: its rank, its rating, or which end it is of the slate. */
export function Saying({ position, slate }: { position: Position; slate: Slate }) {
  return (
    <div className={classes.saying} role="group" aria-label={`${slate.model.names[position]}: what is said of it`}>
      {choicesOf(position, slate).map(({ label, name, isGiven, give }) => (
        <button key={label} type="button" className={classes.choice} aria-label={name} aria-pressed={isGiven} onClick={give}>
          {label}
        </button>
      ))}
    </div>
  );
}

/** Whether anything is said on the axis at hand: before that, nothing is the rest. */
export function isBegun({ model }: Slate): boolean {
  return Object.keys(model.judgment.places[model.activeKey] ?? {}).length > 0;
}

function choicesOf(position: Position, slate: Slate): readonly Choice[] {
  const { form, shown, model } = slate;
  const given = model.judgment.places[model.activeKey]?.[position];
  const name = model.names[position];
  if (form === "rating") {
    const axis = model.bundle.axes.find(({ key }) => key === model.activeKey);
    return stepsOf(axis).map(({ value, label }) => ({
      label: `${value} ${label}`,
      name: `${name}: ${placeWords(form, value, axis)}`,
      isGiven: given === value,
      give: () => slate.put(position, value),
    }));
  }
  if (form === "ranking") {
    const ranks = shown.map((_, at) => ({
      label: String(at + 1),
      name: `${name}: rank ${at + 1}`,
      isGiven: given === at + 1,
      give: () => slate.put(position, at + 1),
    }));
    return [
      ...ranks,
      { label: "Rest", name: `${name}: the rest`, isGiven: given === undefined && isBegun(slate), give: () => slate.clear(position) },
    ];
  }
  const end = (label: string, value: number): Choice => ({
    label,
    name: `${name}: ${label.toLowerCase()}`,
    isGiven: given === value,
    give: () => slate.name(position, value),
  });
  return form === "best" ? [end("Best", BEST)] : [end("Best", BEST), end("Worst", WORST)];
}
