import { IconCheck, IconGripVertical, IconX } from "@tabler/icons-react";
import { Kbd } from "@/ui";
import type { Position } from "../bundle";
import { Cited } from "../Cited";
import { opinionOf, withAcceptable } from "../judgment";
import { hasResponseKeys } from "../model";
import { OldWords } from "../OldWords";
import { ResponseBody } from "../ResponseBody";
import shared from "../ResponseCard.module.css";
import { keys } from "./commands";
import { DRAGGED, isBegun, Saying } from "./Saying";
import classes from "./Slate.module.css";
import { placeWords } from "./placing";
import type { Slate } from "./useSlate";

/** The responses of a slate, beside or under each other, each with what is said of it on the axis at hand. */
export function SlateCards({ slate, isChecked }: { slate: Slate; isChecked: boolean }) {
  return (
    <div className={classes.cards}>
      {slate.shown.map((position) => (
        <SlateCard key={position} position={position} slate={slate} isChecked={isChecked} />
      ))}
    </div>
  );
}

function SlateCard({ position, slate, isChecked }: { position: Position; slate: Slate; isChecked: boolean }) {
  const { model, form } = slate;
  const { bundle, judgment, change } = model;
  const { acceptable } = opinionOf(judgment, position);
  const name = model.names[position];
  const isActive = slate.active === position;
  const lacks = isChecked && bundle.assessment_is_required && acceptable === null;
  const axis = bundle.axes.find(({ key }) => key === model.activeKey);
  const place = judgment.places[model.activeKey]?.[position];
  const say = (value: boolean) => () =>
    change(withAcceptable(judgment, position, acceptable === value ? null : value));
  return (
    <section
      className={`${shared.card ?? ""} ${classes.card ?? ""}`}
      aria-label={`${name} response`}
      aria-current={isActive || undefined}
      data-acceptable={acceptable ?? undefined}
      data-active={isActive || undefined}
      onFocus={() => slate.setActive(position)}
      onClick={() => slate.setActive(position)}
    >
      <header className={shared.head}>
        {form === "ranking" && (
          <span
            className={classes.grip}
            draggable
            aria-hidden
            onDragStart={(event) => event.dataTransfer.setData(DRAGGED, position)}
          >
            <IconGripVertical size={16} />
          </span>
        )}
        <h2 className={shared.name}>{name}</h2>
        <span className={classes.place}>{isBegun(slate) && placeWords(form, place, axis)}</span>
        <div className={shared.said} role="group" aria-label={`${name}: acceptable or not`} data-lacks={lacks || undefined}>
          <button type="button" className={shared.toggle} data-says="yes" aria-pressed={acceptable === true} onClick={say(true)}>
            <IconCheck size={15} aria-hidden />
            Acceptable
          </button>
          <button type="button" className={shared.toggle} data-says="no" aria-pressed={acceptable === false} onClick={say(false)}>
            <IconX size={15} aria-hidden />
            Not acceptable
          </button>
          {isActive && hasResponseKeys(model) && <Kbd of="slate.acceptable" keys={keys.acceptable} quiet />}
        </div>
      </header>
      <OldWords position={position} model={model} />
      {acceptable === false && (
        <Cited position={position} model={model} keyCap={isActive && hasResponseKeys(model) && <Kbd of="slate.clauses" keys={keys.clauses} quiet />} />
      )}
      {bundle.axes.length > 0 && <Saying position={position} slate={slate} />}
      <div className={shared.body} lang={bundle.language === "" ? undefined : bundle.language}>
        <ResponseBody position={position} model={model} revealKey={isActive && hasResponseKeys(model) ? keys.media : undefined} />
      </div>
    </section>
  );
}
