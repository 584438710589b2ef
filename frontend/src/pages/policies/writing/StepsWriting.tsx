import { ActionIcon, Button, TextInput } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import type { ClauseText } from "../shapes";
import classes from "./ScaleWriting.module.css";
import { MOST_STEPS, stepsWith, stepsWithout } from "./steps";

/** An axis: how a response is rated where it stands alone. Two responses are always compared from −3 to +3. */
export function StepsWriting({ text, onWrite }: { text: ClauseText; onWrite: (change: (text: ClauseText) => ClauseText) => void }) {
  const put = (at: number, label: string): void =>
    onWrite((now) => ({ ...now, answers: now.answers.map((row, index) => (index === at ? { ...row, label } : row)) }));
  return (
    <section className={classes.box} aria-label="How a response is rated alone">
      <h3 className={classes.heading}>How a response is rated alone</h3>
      <div className={classes.row} role="group" aria-label="Steps, worst first">
        <span className={classes.name}>Steps, worst first</span>
        <div className={classes.body}>
          {text.answers.length === 0 && <p>Without steps of its own it is rated from 0, very poor, to 4, very good.</p>}
          {text.answers.map(({ value, label }, at) => (
            <div key={value} className={classes.step}>
              <TextInput
                size="xs"
                aria-label={`Step ${value}`}
                leftSection={value}
                value={label}
                maxLength={500}
                onChange={(event) => put(at, event.currentTarget.value)}
              />
              <ActionIcon size={24} aria-label={`Take out step ${value}`} onClick={() => onWrite((now) => ({ ...now, answers: stepsWithout(now.answers, at) }))}>
                <IconTrash size={14} />
              </ActionIcon>
            </div>
          ))}
          {text.answers.length < MOST_STEPS && (
            <Button
              className={classes.add}
              variant="subtle"
              size="xs"
              leftSection={<IconPlus size={14} aria-hidden />}
              onClick={() => onWrite((now) => ({ ...now, answers: stepsWith(now.answers) }))}
            >
              Add a step
            </Button>
          )}
        </div>
      </div>
    </section>
  );
}
