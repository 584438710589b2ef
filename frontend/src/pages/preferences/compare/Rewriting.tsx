import { Button, Textarea } from "@mantine/core";
import { useDeferredValue, useMemo } from "react";
import { type Position, positionNames, textAt } from "./bundle";
import { rewriteField } from "./commands";
import type { DeskModel } from "./Desk";
import { withRewrite } from "./judgment";
import classes from "./ResponseCard.module.css";
import { Words } from "./Words";
import { wordDifference } from "./words";

/** The editor for a better version of one response, with what it changes shown as it is written. */
export function Rewriting({ position, model }: { position: Position; model: DeskModel }) {
  const { bundle, judgment, change, rewrite } = model;
  const original = textAt(bundle, position);
  const text = judgment.rewrites[position] ?? "";
  const shown = useDeferredValue(text);
  const pieces = useMemo(() => wordDifference(original, shown), [original, shown]);
  const name = positionNames[position].toLowerCase();
  return (
    <div className={classes.rewriting}>
      <Textarea
        id={rewriteField(position)}
        label={`A better ${name} response`}
        description="Esc leaves the field; what you wrote stays."
        value={text}
        dir="auto"
        lang={bundle.language === "" ? undefined : bundle.language}
        maxLength={200_000}
        minRows={4}
        maxRows={14}
        onChange={(event) => change(withRewrite(judgment, position, event.currentTarget.value), { isStep: false })}
        onKeyDown={(event) => {
          if (event.key === "Escape") event.currentTarget.blur();
        }}
      />
      <div className={classes.rewritingFoot}>
        <span className={classes.hint} role="status">
          {text === original
            ? "Unchanged so far: it is sent only when it says something else."
            : text.trim() === ""
              ? "Empty: it will not be sent."
              : "Sent with your judgment as the better version."}
        </span>
        <Button variant="subtle" color="gray" size="xs" onClick={() => rewrite(position, null)}>
          Discard
        </Button>
      </div>
      {text !== original && (
        <div className={classes.difference} role="group" aria-label={`What the rewrite changes in the ${name} response`}>
          <Words pieces={pieces} />
        </div>
      )}
    </div>
  );
}
