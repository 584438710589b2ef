import { useRef, useState } from "react";
import { type Position, positionsOf, type SlateForm } from "../bundle";
import type { DeskModel } from "../model";
import { nextOpenAxis } from "../judgment";
import { BEST, isPlaced, nextOpen, type Places, withEnd, withoutPlace, withPlace } from "./placing";

/** A slate being judged: which response is at hand, and what can be said of it on the axis at hand. */
export interface Slate {
  readonly model: DeskModel;
  readonly form: SlateForm;
  readonly shown: readonly Position[];
  readonly active: Position;
  readonly setActive: (position: Position) => void;
  /** To the next response, or back. */
  readonly move: (by: number) => void;
  /** Give a response its rank or rating, and go on to the next that has none. */
  readonly put: (position: Position, value: number, axisKey?: string) => void;
  /** Give the response at hand the rank that was given last. */
  readonly tie: () => void;
  /** Say that a response is the best, or the worst. */
  readonly name: (position: Position, end: number, axisKey?: string) => void;
  readonly clear: (position: Position, axisKey?: string) => void;
}

/** Null where a pair is judged. */
export function useSlate(model: DeskModel): Slate | null {
  const { bundle, judgment, activeKey } = model;
  const shown = positionsOf(bundle);
  const [active, setActive] = useState<Position>("first");
  const last = useRef<number>(BEST);
  const { form } = bundle;
  if (form === "pair") return null;

  // A ranking may leave a rest, but only who has placed every response is led on.
  const isWhole = (places: Places): boolean =>
    form === "ranking" ? shown.every((position) => places[position] !== undefined) : isPlaced(form, places, shown);
  const say = (axisKey: string, next: Places): void => {
    const said = { ...judgment, places: { ...judgment.places, [axisKey]: next } };
    model.change(said);
    const isNew = isWhole(next) && !isWhole(judgment.places[axisKey] ?? {});
    const following = isNew ? nextOpenAxis(said, bundle, axisKey) : null;
    model.setActiveKey(following ?? axisKey);
    if (following !== null) setActive("first");
  };
  const put = (position: Position, value: number, axisKey = activeKey): void => {
    const before = judgment.places[axisKey] ?? {};
    const next = withPlace(before, position, value);
    last.current = value;
    setActive((before[position] === undefined ? nextOpen(next, shown, position) : null) ?? position);
    say(axisKey, next);
  };
  return {
    model,
    form,
    shown,
    active,
    setActive,
    move: (by) => {
      const next = shown[(shown.indexOf(active) + by + shown.length) % shown.length];
      if (next !== undefined) setActive(next);
    },
    put,
    tie: () => put(active, last.current),
    name: (position, end, axisKey = activeKey) => {
      setActive(position);
      say(axisKey, withEnd(judgment.places[axisKey] ?? {}, position, end));
    },
    clear: (position, axisKey = activeKey) => {
      setActive(position);
      say(axisKey, withoutPlace(judgment.places[axisKey] ?? {}, position));
    },
  };
}
