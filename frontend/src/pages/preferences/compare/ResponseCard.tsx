import { IconCheck, IconPencil, IconX } from "@tabler/icons-react";
import { Kbd } from "@/ui";
import { Cited } from "./Cited";
import { type PairPosition, textAt } from "./bundle";
import { keys, openRewrite } from "./commands";
import { type DeskModel, hasResponseKeys } from "./model";
import { OldWords } from "./OldWords";
import { opinionOf, withAcceptable } from "./judgment";
import { ResponseBody, revealKeyOf } from "./ResponseBody";
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
  position: PairPosition;
  model: DeskModel;
  isComparingWords: boolean;
  /** Whether the person has tried to submit: before that, nothing is said to be missing. */
  isChecked: boolean;
}) {
  const { bundle, judgment, change } = model;
  const { acceptable } = opinionOf(judgment, position);
  const name = model.names[position];
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
          {hasResponseKeys(model) && <Kbd of={`compare.acceptable-${position}`} keys={keys.acceptable[position]} quiet />}
        </div>
        <button type="button" className={classes.rewrite} onClick={() => openRewrite(model, position)}>
          <IconPencil size={15} aria-hidden />
          Rewrite
          {hasResponseKeys(model) && <Kbd of={`compare.rewrite-${position}`} keys={keys.rewrite[position]} quiet />}
        </button>
      </header>
      <OldWords position={position} model={model} />
      {acceptable === false && <Cited position={position} model={model} keyCap={hasResponseKeys(model) && <Kbd of={`compare.clauses-${position}`} keys={keys.clauses[position]} quiet />} />}
      <div className={classes.body} lang={bundle.language === "" ? undefined : bundle.language}>
        {isComparingWords ? (
          <OwnWords
            pieces={wordDifference(textAt(bundle, "first"), textAt(bundle, "second"))}
            own={position === "first" ? "gone" : "new"}
          />
        ) : (
          <ResponseBody position={position} model={model} revealKey={revealKeyOf(model, position)} />
        )}
      </div>
    </section>
  );
}
