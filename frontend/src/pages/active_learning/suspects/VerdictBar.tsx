import { Button } from "@mantine/core";
import { useState } from "react";
import { Kbd, useShortcuts } from "@/ui";
import { bound, type Deed, keyOf } from "@/work/keyTables";
import type { Clause, RegionDoubted, Suspect } from "../queries";
import { severityCommands, verdictCommands } from "./commands";
import { useVerdict, type Verdict } from "./reviewing";
import classes from "./SuspectRoom.module.css";

const rightWords: Readonly<Record<RegionDoubted["problem"], string>> = {
  missing: "No box is missing",
  place: "The box is well placed",
  name: "The box is of this clause",
};

const wrongWords: Readonly<Record<RegionDoubted["problem"], string>> = {
  missing: "A box is missing",
  place: "The box is badly placed",
  name: "The box is of the other clause",
};

/** A new answer that waits for its severity. */
interface Change {
  readonly answer: string;
  readonly ofTwin: boolean;
}

/** One key each: the answer was right, it was wrong, it cannot be told, or ask somebody. */
export function VerdictBar({
  suspect,
  clause,
  onSettled,
}: {
  suspect: Suspect;
  clause: Clause["document"] | undefined;
  onSettled: () => void;
}) {
  const [change, setChange] = useState<Change | null>(null);
  const verdict = useVerdict(suspect, onSettled);
  const labelOf = (value: string): string => clause?.answers.find((answer) => answer.value === value)?.label ?? value;
  const say = (made: Verdict): void => {
    if (!verdict.isPending) verdict.mutate(made);
  };
  const needsSeverity = (value: string): boolean =>
    clause !== undefined &&
    clause.requires.severity &&
    clause.severities.length > 0 &&
    clause.answers.some((answer) => answer.value === value && answer.harmful);
  const { twin, vote, region } = suspect.why;
  const make = (answer: string, ofTwin = false): void => {
    // What is decided already has its severity.
    if (needsSeverity(answer) && answer !== vote?.decided) setChange({ answer, ofTwin });
    else say({ outcome: "changed", answer, severity: null, changes_twin: ofTwin });
  };
  const isBox = region != null;
  const wrong = (): void => (isBox ? say({ outcome: "redrawn" }) : make(suspect.likely));
  const others = (isBox ? [] : (clause?.answers ?? [])).filter(({ value }) => value !== suspect.given && value !== suspect.likely);
  useShortcuts(
    bound(verdictCommands, {
      "suspects.right": () => say({ outcome: "confirmed" }),
      "suspects.wrong": wrong,
      ...(twin ? { "suspects.twin": () => make(suspect.given, true) } : {}),
      "suspects.open": () => say({ outcome: "dismissed" }),
      "suspects.ask": () => say({ outcome: "asked" }),
    }),
  );
  return (
    <div className={classes.verdicts}>
      <Button
        fullWidth
        variant="default"
        justify="space-between"
        rightSection={<Kbd {...keyOf(verdictCommands, "suspects.right")} quiet />}
        onClick={() => say({ outcome: "confirmed" })}
      >
        {isBox ? rightWords[region.problem] : `${labelOf(suspect.given)} is right${vote ? ": decide it" : ""}`}
      </Button>
      <Button fullWidth justify="space-between" rightSection={<Kbd {...keyOf(verdictCommands, "suspects.wrong")} quiet />} onClick={wrong}>
        {isBox ? wrongWords[region.problem] : vote ? `${labelOf(suspect.likely)} is right, as decided` : `Change to ${labelOf(suspect.likely)}`}
      </Button>
      {twin && (
        <Button
          fullWidth
          variant="default"
          justify="space-between"
          rightSection={<Kbd {...keyOf(verdictCommands, "suspects.twin")} quiet />}
          onClick={() => make(suspect.given, true)}
        >
          Change the twin to {labelOf(suspect.given)}
        </Button>
      )}
      {change !== null && clause !== undefined && (
        <SeverityQuestion
          clause={clause}
          answer={labelOf(change.answer)}
          onChoose={(severity) => say({ outcome: "changed", answer: change.answer, severity, changes_twin: change.ofTwin })}
          onLeave={() => setChange(null)}
        />
      )}
      {others.map((answer) => (
        <Button key={answer.value} fullWidth variant="default" justify="flex-start" onClick={() => make(answer.value)}>
          Change to {answer.label}
        </Button>
      ))}
      <div className={classes.pair}>
        <Button variant="subtle" color="gray" rightSection={<Kbd {...keyOf(verdictCommands, "suspects.open")} quiet />} onClick={() => say({ outcome: "dismissed" })}>
          Leave it open
        </Button>
        <Button variant="subtle" color="gray" rightSection={<Kbd {...keyOf(verdictCommands, "suspects.ask")} quiet />} onClick={() => say({ outcome: "asked" })}>
          Ask one more person
        </Button>
      </div>
    </div>
  );
}

/** Asked when the new answer is harmful and the clause wants to know how bad. */
function SeverityQuestion({
  clause,
  answer,
  onChoose,
  onLeave,
}: {
  clause: Clause["document"];
  answer: string;
  onChoose: (severity: number) => void;
  onLeave: () => void;
}) {
  const steps = clause.severities.map(
    (step, at): [string, Deed] => [`suspects.severity-${at + 1}`, { label: `Severity: ${step.label}`, run: () => onChoose(step.value) }],
  );
  useShortcuts(bound(severityCommands, { ...Object.fromEntries(steps), "suspects.severity-leave": onLeave }));
  return (
    <fieldset className={classes.severity}>
      <legend>How severe is it?</legend>
      <p className={classes.soft} role="status">
        {answer} needs a severity.
      </p>
      <div className={classes.steps}>
        {clause.severities.map((step, at) => (
          <Button key={step.value} variant="default" size="sm" rightSection={<Kbd keys={String(at + 1)} of={`suspects.severity-${at + 1}`} quiet />} onClick={() => onChoose(step.value)}>
            {step.label}
          </Button>
        ))}
      </div>
    </fieldset>
  );
}
