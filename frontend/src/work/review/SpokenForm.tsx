import { Button, Textarea } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { sentenceOf } from "@/api/problem";
import { announce, Kbd, useShortcuts } from "@/ui";
import { ChoiceRow } from "../ChoiceRow";
import { bound, type Deed, type KeyFacts, keyOf } from "../keyTables";
import { uuid7 } from "../uuid7";
import { outcomes, type ReviewOutcome } from "./words";
import classes from "./Review.module.css";

const COMMENT_FIELD = "review-comment";
const LONGEST_MS = 3_600_000;

/** A review as it is sent; the identifiers are made once, so that sending it again finds the first. */
export interface Spoken {
  readonly id: string;
  readonly outcome: ReviewOutcome;
  readonly comment: string;
  readonly amendmentId: string;
  /** Milliseconds since the form was opened. */
  readonly activeMs: number;
}

/** What a reviewer says to an answer: leave it, bring their own, or give it back with a comment. */
export function SpokenForm({
  room,
  table,
  thing,
  outcome,
  onOutcome,
  sends,
  said,
  lacking,
  deeds = {},
  send,
  onSent,
  children,
}: {
  room: string;
  table: readonly KeyFacts[];
  /** "answer", "judgment". */
  thing: string;
  outcome: ReviewOutcome;
  onOutcome: (outcome: ReviewOutcome) => void;
  /** What the button says. */
  sends: Readonly<Record<ReviewOutcome, string>>;
  /** What is announced once it is sent. */
  said: Readonly<Record<ReviewOutcome, string>>;
  /** Why an amendment cannot be sent yet; null when it can. */
  lacking: string | null;
  /** Further commands of the room's table. */
  deeds?: Readonly<Record<string, Deed | (() => void)>>;
  send: (spoken: Spoken) => Promise<unknown>;
  onSent: () => void;
  /** Where the reviewer's own answer is written, under the outcomes. */
  children?: ReactNode;
}) {
  const [comment, setComment] = useState("");
  const [isChecked, setChecked] = useState(false);
  const begun = useRef(0);
  const [ids] = useState(() => ({ review: uuid7(), amendment: uuid7() }));
  useEffect(() => {
    begun.current = Date.now();
  }, []);
  const isSilent = outcome === "returned" && comment.trim() === "";
  const problem = outcome === "amended" ? lacking : null;
  const sending = useMutation({
    mutationFn: () =>
      send({
        id: ids.review,
        outcome,
        comment,
        amendmentId: ids.amendment,
        activeMs: Math.min(Date.now() - begun.current, LONGEST_MS),
      }),
    onSuccess: () => {
      announce(said[outcome]);
      onSent();
    },
  });
  const submit = (): void => {
    setChecked(true);
    if (isSilent) {
      document.getElementById(COMMENT_FIELD)?.focus();
      return;
    }
    if (problem === null && !sending.isPending) sending.mutate();
  };
  useShortcuts(
    bound(table, {
      ...Object.fromEntries(outcomes.map(({ value }) => [`${room}.${value}`, () => onOutcome(value)])),
      [`${room}.comment`]: () => document.getElementById(COMMENT_FIELD)?.focus(),
      [`${room}.send`]: submit,
      ...deeds,
    }),
  );
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <h3 className={classes.formTitle}>Your review</h3>
      <ChoiceRow
        label={`What to do with the ${thing}`}
        isLarge
        options={outcomes.map((each) => {
          const { keys, of: command } = keyOf(table, `${room}.${each.value}`);
          return { ...each, keys, command };
        })}
        value={outcome}
        onChoose={onOutcome}
      />
      {children}
      <Textarea
        id={COMMENT_FIELD}
        label={outcome === "returned" ? "What should be looked at again" : "Comment (if it helps)"}
        description={outcome === "returned" ? `Its author reads this with the ${thing}.` : undefined}
        value={comment}
        maxLength={4000}
        error={isChecked && isSilent ? "Say it in a sentence." : undefined}
        onChange={(event) => setComment(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === "Escape") event.currentTarget.blur();
        }}
      />
      {isChecked && problem !== null && (
        <p className={classes.problem} role="alert">
          {problem}
        </p>
      )}
      {sending.isError && (
        <p className={classes.problem} role="alert">
          {sentenceOf(sending.error)}
        </p>
      )}
      <Button className={classes.send} type="submit" loading={sending.isPending} rightSection={<Kbd {...keyOf(table, `${room}.send`)} quiet />}>
        {sends[outcome]}
      </Button>
    </form>
  );
}
