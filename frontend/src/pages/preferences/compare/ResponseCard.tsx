import { IconCheck, IconPencil, IconX } from "@tabler/icons-react";
import { Kbd } from "@/ui";
import { SafeText } from "../SafeText";
import { Cited } from "./Cited";
import { type Position, positionNames, textAt } from "./bundle";
import { keys, openRewrite } from "./commands";
import type { DeskModel } from "./Desk";
import { withAcceptable } from "./judgment";
import classes from "./ResponseCard.module.css";
import { OwnWords } from "./Words";
import { wordDifference } from "./words";

/** One response, what is held of it alone, and a better version of it when somebody writes one. */
export function ResponseCard({
  position,
  model,
  isComparingWords,
  isChecked,
}: {
  position: Position;
  model: DeskModel;
  isComparingWords: boolean;
  /** Whether the person has tried to submit: before that, nothing is said to be missing. */
  isChecked: boolean;
}) {
  const { bundle, judgment, change } = model;
  const { acceptable } = judgment.opinions[position];
  const text = textAt(bundle, position);
  const name = positionNames[position];
  const lacks = isChecked && bundle.assessment_is_required && acceptable === null;
  const say = (value: boolean) => () =>
    change(withAcceptable(judgment, position, acceptable === value ? null : value));
  return (
    <section className={classes.card} aria-label={`${name} response`} data-acceptable={acceptable ?? undefined}>
      <header className={classes.head}>
        <h2 className={classes.name}>{name}</h2>
        <div className={classes.said} role="group" aria-label={`${name}: acceptable or not`} data-lacks={lacks || undefined}>
          <button type="button" className={classes.toggle} data-says="yes" aria-pressed={acceptable === true} onClick={say(true)}>
            <IconCheck size={15} aria-hidden />
            Acceptable
          </button>
          <button type="button" className={classes.toggle} data-says="no" aria-pressed={acceptable === false} onClick={say(false)}>
            <IconX size={15} aria-hidden />
            Not acceptable
          </button>
          <Kbd keys={keys.acceptable[position]} quiet />
        </div>
        <button type="button" className={classes.rewrite} onClick={() => openRewrite(model, position)}>
          <IconPencil size={15} aria-hidden />
          Rewrite
          <Kbd keys={keys.rewrite[position]} quiet />
        </button>
      </header>
      {acceptable === false && <Cited position={position} model={model} />}
      <div className={classes.body} lang={bundle.language === "" ? undefined : bundle.language}>
        {isComparingWords ? (
          <OwnWords
            pieces={wordDifference(textAt(bundle, "first"), textAt(bundle, "second"))}
            own={position === "first" ? "gone" : "new"}
          />
        ) : (
          <SafeText text={text} />
        )}
      </div>
    </section>
  );
}
