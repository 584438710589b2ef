import { Button, Textarea } from "@mantine/core";
import { useDeferredValue, useMemo, useRef } from "react";
import { type Position, textAt } from "./bundle";
import { rewriteField } from "./commands";
import type { DeskModel } from "./model";
import { inSentence, rewriteOf, withRewrite } from "./judgment";
import classes from "./Rewriting.module.css";
import { Words } from "./Words";
import { changesOf, wordDifference } from "./words";

/** The editor for a better version of one response, with what it changes shown beside as it is written. */
export function Rewriting({ position, model }: { position: Position; model: DeskModel }) {
  const { bundle, judgment, change, rewrite } = model;
  const panel = useRef<HTMLElement>(null);
  const original = textAt(bundle, position);
  const text = rewriteOf(judgment, position) ?? "";
  const shown = useDeferredValue(text);
  const pieces = useMemo(() => changesOf(wordDifference(original, shown)), [original, shown]);
  const name = inSentence(model.names[position]);
  return (
    <section ref={panel} className={classes.rewriting} aria-label={`Rewrite of the ${name} response`}>
      <header className={classes.head}>
        <h2 className={classes.title}>A better {name} response</h2>
        <span className={classes.hint} role="status">
          {stateOf(text, original)}
        </span>
        <Button variant="subtle" color="gray" size="xs" onClick={() => rewrite(position, null)}>
          Discard
        </Button>
      </header>
      <div className={classes.sides}>
        <Textarea
          id={rewriteField(position)}
          aria-label={`A better ${name} response`}
          className={classes.field}
          value={text}
          dir="auto"
          lang={bundle.language === "" ? undefined : bundle.language}
          maxLength={200_000}
          minRows={5}
          maxRows={14}
          onFocus={() => panel.current?.scrollIntoView({ block: "nearest" })}
          onChange={(event) => change(withRewrite(judgment, position, event.currentTarget.value), { isStep: false })}
          onKeyDown={(event) => {
            if (event.key === "Escape") event.currentTarget.blur();
          }}
        />
        <div className={classes.difference} tabIndex={0} role="group" aria-label={`What the rewrite changes in the ${name} response`}>
          {text === original ? (
            <p className={classes.nothing}>What you change is marked here. Esc leaves the field; what you wrote stays.</p>
          ) : (
            <Words pieces={pieces} />
          )}
        </div>
      </div>
    </section>
  );
}

function stateOf(text: string, original: string): string {
  if (text === original) return "Unchanged: it is sent only when it says something else.";
  return text.trim() === "" ? "Empty: it will not be sent." : "Sent with your judgment.";
}
