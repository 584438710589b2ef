import { Button, Radio, Textarea } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { FormProblem, Panel } from "@/ui";
import { checkIn, checkInsQuery } from "./queries";
import classes from "./CheckIn.module.css";
import type { CheckInRule } from "./shapes";
import { isAskedAgain, moods } from "./words";

/** The question, when so many days have gone since the last answer. */
export function DueCheckIn({ rule }: { rule: CheckInRule | undefined }) {
  const own = useQuery({ ...checkInsQuery, enabled: rule?.is_on === true });
  if (rule?.is_on !== true || own.data === undefined) return null;
  return isAskedAgain(rule.every_days, own.data[0]?.created_at) ? <CheckIn rule={rule} /> : null;
}

/** A question about how somebody is, answered or not; only they can read it. */
export function CheckIn({ rule, onSaid }: { rule: CheckInRule; onSaid?: () => void }) {
  const queries = useQueryClient();
  const [mood, setMood] = useState<number | null>(null);
  const [words, setWords] = useState("");
  const send = useMutation({
    mutationFn: (chosen: number) => checkIn(chosen, words.trim()),
    onSuccess: async () => {
      // Whoever asked keeps the thanks on the screen; who comes later reads anew.
      await queries.invalidateQueries({ ...checkInsQuery, refetchType: onSaid === undefined ? "none" : "active" });
      onSaid?.();
    },
  });
  const question = rule.question === "" ? "How are you today?" : rule.question;
  if (send.isSuccess) {
    return (
      <p className={classes.thanks} role="status">
        Thank you. Only you can read this.
      </p>
    );
  }
  return (
    <Panel title={question} note={`If you like. Only you can read your answer; nobody is told whether you gave one.${readersWords(rule.readers)}`}>
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (mood !== null) send.mutate(mood);
        }}
      >
        <Radio.Group aria-label={question} value={mood === null ? "" : String(mood)} onChange={(value) => setMood(Number(value))}>
          <div className={classes.moods}>
            {moods.map((label, at) => (
              <Radio key={label} value={String(at + 1)} label={label} />
            ))}
          </div>
        </Radio.Group>
        <Textarea label="In your own words" maxLength={2000} value={words} onChange={(event) => setWords(event.currentTarget.value)} />
        <FormProblem error={send.error} />
        <div>
          <Button type="submit" variant="default" disabled={mood === null} loading={send.isPending}>
            Keep it
          </Button>
        </div>
      </form>
    </Panel>
  );
}

function readersWords(readers: readonly string[]): string {
  return readers.length === 0 ? "" : ` Sums over ten people or more can be read by ${readers.join(", ")}.`;
}
