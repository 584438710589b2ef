import { Select, Slider } from "@mantine/core";
import { useId, useState } from "react";
import { Panel, Segments } from "@/ui";
import type { OwnCategory, OwnProtection, OwnProtectionInput, PartialCover } from "@/work/protection/shapes";
import { severities } from "@/work/protection/words";
import { arrivalOf } from "@/work/seeing/levels";
import classes from "../Protection.module.css";
import { type CoverPlace, everything, overlaid, ownCoverAt, standingCover, withCover } from "./draft";
import { Preview } from "./Preview";

type Arrival = "covered" | "soft" | "full";

const arrivals: Readonly<Record<Arrival, string>> = { covered: "Covered", soft: "Softened", full: "Shown" };
const ANY = "any";
const HALF = 50;

/** How posts arrive: for everything, and where one wants it otherwise, for a kind from a severity on. */
export function Arrival({
  own,
  input,
  onChange,
}: {
  own: OwnProtection;
  input: OwnProtectionInput;
  onChange: (input: OwnProtectionInput) => void;
}) {
  const [place, setPlace] = useState<CoverPlace>(everything);
  const said = ownCoverAt(input, place);
  const standing = standingCover(own, input, place);
  // What a hand is still moving is drawn, and kept when it lets go.
  const [moving, setMoving] = useState<Partial<PartialCover>>({});
  const cover = overlaid(standing, { ...said, ...moving });
  const set = (change: Partial<PartialCover>): void => {
    setMoving({});
    onChange(withCover(input, place, change));
  };
  const arrival = arrivalOf(cover);
  return (
    <Panel
      title="How posts arrive"
      note="Some find that covering helps, others that guessing is worse. Choose what suits you; you can uncover anything at any time."
    >
      <Place categories={own.categories} place={place} onPlace={setPlace} />
      <div className={classes.arrival}>
        <Preview cover={cover} />
        <div className={classes.fields}>
          <Choice
            label="Pictures and videos"
            isSaid={said.covered !== null}
            standing={arrivals[arrivalOf(standing)]}
            value={arrival}
            options={Object.entries(arrivals)}
            onSay={(value) => set(saidArrival(value, said.blur))}
            onUnsay={() => set({ covered: null, blur: null })}
          />
          {arrival === "soft" && (
            <Amount label="Blur" said={said.blur} value={cover.blur} from={0} to={100} step={5} unit="" onMove={(blur) => setMoving({ blur })} onSay={(blur) => set({ blur, covered: false })} />
          )}
          <OnOff label="In grey" field="grey" said={said} standing={standing.grey} onSay={set} />
          <Amount label="Size" said={said.size} value={cover.size} from={25} to={100} step={5} unit=" %" onMove={(size) => setMoving({ size })} onSay={(size) => set({ size })} />
          <OnOff label="Texts behind a line" field="text_covered" said={said} standing={standing.text_covered} onSay={set} />
          <OnOff label="Videos without sound at first" field="muted" said={said} standing={standing.muted} onSay={set} />
          <OnOff label="Videos stand still at first" field="paused" said={said} standing={standing.paused} onSay={set} />
          <Amount label="Speed of videos and sounds" said={said.rate} value={cover.rate} from={0.25} to={2} step={0.25} unit="×" onMove={(rate) => setMoving({ rate })} onSay={(rate) => set({ rate })} />
        </div>
      </div>
    </Panel>
  );
}

function saidArrival(value: string, blur: number | null): Partial<PartialCover> {
  if (value === "covered") return { covered: true };
  if (value === "soft") return { covered: false, blur: blur === null || blur === 0 ? HALF : blur };
  return { covered: false, blur: 0, grey: false };
}

/** What the choices below are for. */
function Place({
  categories,
  place,
  onPlace,
}: {
  categories: readonly OwnCategory[];
  place: CoverPlace;
  onPlace: (place: CoverPlace) => void;
}) {
  return (
    <div className={classes.which}>
      <Select
        label="These choices are for"
        w={210}
        allowDeselect={false}
        data={[{ value: "", label: "All kinds" }, ...categories.map(({ key, name }) => ({ value: key, label: name }))]}
        value={place.category}
        onChange={(value) => onPlace({ category: value ?? "", severity: value === "" || value === null ? place.severity : (place.severity ?? 3) })}
      />
      <Select
        label="From this severity on"
        w={190}
        allowDeselect={false}
        data={[
          ...(place.category === "" ? [{ value: ANY, label: "any" }] : []),
          ...severities.slice(1).map((name, at) => ({ value: String(at + 1), label: name })),
        ]}
        value={place.severity === null ? ANY : String(place.severity)}
        onChange={(value) => onPlace({ ...place, severity: value === null || value === ANY ? null : Number(value) })}
      />
    </div>
  );
}

const UNSAID = "unsaid";

/** One of a few, or as the organization says. */
function Choice({
  label,
  isSaid,
  standing,
  value,
  options,
  onSay,
  onUnsay,
}: {
  label: string;
  isSaid: boolean;
  standing: string;
  value: string;
  options: readonly (readonly [string, string])[];
  onSay: (value: string) => void;
  onUnsay: () => void;
}) {
  const id = useId();
  return (
    <div className={classes.row}>
      <span className={classes.label} id={id}>
        {label}
      </span>
      <Segments
        aria-labelledby={id}
        value={isSaid ? value : UNSAID}
        onChange={(next) => (next === UNSAID ? onUnsay() : onSay(next))}
        data={[{ value: UNSAID, label: `As given: ${standing.toLowerCase()}` }, ...options.map(([key, name]) => ({ value: key, label: name }))]}
      />
    </div>
  );
}

function OnOff({
  label,
  field,
  said,
  standing,
  onSay,
}: {
  label: string;
  field: "grey" | "text_covered" | "muted" | "paused";
  said: PartialCover;
  standing: boolean;
  onSay: (change: Partial<PartialCover>) => void;
}) {
  const value = said[field];
  return (
    <Choice
      label={label}
      isSaid={value !== null}
      standing={standing ? "yes" : "no"}
      value={value === true ? "yes" : "no"}
      options={[
        ["yes", "Yes"],
        ["no", "No"],
      ]}
      onSay={(next) => onSay({ [field]: next === "yes" })}
      onUnsay={() => onSay({ [field]: null })}
    />
  );
}

function Amount({
  label,
  said,
  value,
  from,
  to,
  step,
  unit,
  onMove,
  onSay,
}: {
  label: string;
  said: number | null;
  value: number;
  from: number;
  to: number;
  step: number;
  unit: string;
  onMove: (value: number) => void;
  onSay: (value: number | null) => void;
}) {
  return (
    <div className={classes.row}>
      <span className={classes.label}>{label}</span>
      <span className={classes.saved}>
        {said === null ? "As given" : "Your own"}: {value}
        {unit}
        {said !== null && (
          <button type="button" className={classes.asGiven} onClick={() => onSay(null)}>
            As given
          </button>
        )}
      </span>
      <div className={classes.slider}>
        <Slider thumbLabel={label} label={(shown) => `${shown}${unit}`} min={from} max={to} step={step} value={value} onChange={onMove} onChangeEnd={onSay} />
      </div>
    </div>
  );
}
