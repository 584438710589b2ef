import { ActionIcon, Button, Checkbox, Chip, Group, NumberInput, TextInput } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { type ReactNode, useRef } from "react";
import { focusNext, useFocusKept } from "@/ui/focus";
import type { ClauseText } from "../shapes";
import { evidenceWords, keyFrom, modalityWords } from "../wording";
import classes from "./ScaleWriting.module.css";

type Write = (change: (text: ClauseText) => ClauseText) => void;
type Answer = ClauseText["answers"][number];
type Severity = ClauseText["severities"][number];

/** How the clause is answered: its answers, its severities, what it is judged on and what it needs. */
export function ScaleWriting({ text, onWrite }: { text: ClauseText; onWrite: Write }) {
  return (
    <section className={classes.box} aria-label="How it is answered">
      <h3 className={classes.heading}>How it is answered</h3>
      <Answers text={text} onWrite={onWrite} />
      <Severities text={text} onWrite={onWrite} />
      <Choices
        title="Judged on"
        words={modalityWords}
        chosen={text.modalities}
        onChange={(modalities) => onWrite((now) => ({ ...now, modalities }))}
      />
      <Choices
        title="Evidence"
        words={evidenceWords}
        chosen={text.evidence_kinds}
        onChange={(evidence_kinds) => onWrite((now) => ({ ...now, evidence_kinds }))}
      />
      <Row title="A harmful answer needs">
        <Group gap="lg">
          {(["evidence", "reason", "severity"] as const).map((name) => (
            <Checkbox
              key={name}
              label={name}
              checked={text.requires[name]}
              onChange={(event) => {
                const { checked } = event.currentTarget;
                onWrite((now) => ({ ...now, requires: { ...now.requires, [name]: checked } }));
              }}
            />
          ))}
        </Group>
      </Row>
    </section>
  );
}

function Answers({ text, onWrite }: { text: ClauseText; onWrite: Write }) {
  const put = (at: number, change: Partial<Answer>): void =>
    onWrite((now) => ({ ...now, answers: now.answers.map((row, index) => (index === at ? { ...row, ...change } : row)) }));
  return (
    <Row title="Answers" count={text.answers.length}>
      {text.answers.map((answer, at) => (
        <div key={at} className={classes.step}>
          <TextInput
            size="xs"
            aria-label={`Answer ${at + 1}`}
            value={answer.label}
            maxLength={500}
            onChange={(event) => put(at, { label: event.currentTarget.value })}
          />
          <TextInput
            size="xs"
            aria-label={`Value of answer ${at + 1}, as data has it`}
            classNames={{ input: classes.value }}
            value={answer.value}
            maxLength={64}
            onChange={(event) => put(at, { value: event.currentTarget.value })}
          />
          <Checkbox
            label="harmful"
            checked={answer.harmful}
            onChange={(event) => put(at, { harmful: event.currentTarget.checked })}
          />
          <Remove
            label={`Take out answer ${at + 1}`}
            onClick={() => onWrite((now) => ({ ...now, answers: now.answers.filter((_, index) => index !== at) }))}
          />
        </div>
      ))}
      <Add
        label="Add an answer"
        onClick={() => onWrite((now) => ({ ...now, answers: [...now.answers, freshAnswer(now.answers)] }))}
      />
    </Row>
  );
}

function Severities({ text, onWrite }: { text: ClauseText; onWrite: Write }) {
  const put = (at: number, change: Partial<Severity>): void =>
    onWrite((now) => ({
      ...now,
      severities: now.severities.map((row, index) => (index === at ? { ...row, ...change } : row)),
    }));
  return (
    <Row title="Severity, mildest first" count={text.severities.length}>
      {text.severities.map((step, at) => (
        <div key={at} className={classes.step} data-numbered>
          <TextInput
            size="xs"
            aria-label={`Severity ${at + 1}`}
            value={step.label}
            maxLength={500}
            onChange={(event) => put(at, { label: event.currentTarget.value })}
          />
          <NumberInput
            size="xs"
            aria-label={`Value of severity ${at + 1}, as data has it`}
            classNames={{ input: classes.value }}
            min={0}
            max={100}
            allowDecimal={false}
            value={step.value}
            onChange={(value) => typeof value === "number" && put(at, { value })}
          />
          <Remove
            label={`Take out severity ${at + 1}`}
            onClick={() => onWrite((now) => ({ ...now, severities: now.severities.filter((_, index) => index !== at) }))}
          />
        </div>
      ))}
      <Add
        label="Add a severity"
        onClick={() =>
          onWrite((now) => ({
            ...now,
            severities: [...now.severities, { value: Math.max(0, ...now.severities.map((row) => row.value)) + 1, label: "" }],
          }))
        }
      />
    </Row>
  );
}

function Choices<Name extends string>({
  title,
  words,
  chosen,
  onChange,
}: {
  title: string;
  words: Readonly<Record<Name, string>>;
  chosen: readonly Name[];
  onChange: (chosen: Name[]) => void;
}) {
  return (
    <Row title={title}>
      <Chip.Group multiple value={[...chosen]} onChange={(value: string[]) => onChange(value as Name[])}>
        <Group gap={6}>
          {(Object.entries(words) as [Name, string][]).map(([name, word]) => (
            <Chip key={name} value={name} size="xs" variant="outline">
              {word}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
    </Row>
  );
}

function Row({ title, count = 0, children }: { title: string; /** Of its lines. */ count?: number; children: ReactNode }) {
  const row = useRef<HTMLDivElement>(null);
  useFocusKept(String(count), () => row.current?.querySelector<HTMLElement>("[data-add]"));
  return (
    <div ref={row} className={classes.row} role="group" aria-label={title}>
      <span className={classes.name}>{title}</span>
      <div className={classes.body}>{children}</div>
    </div>
  );
}

function Remove({ label, onClick }: { label: string; onClick: () => void }) {
  return (
    <ActionIcon size={24} aria-label={label} onClick={onClick}>
      <IconTrash size={14} />
    </ActionIcon>
  );
}

function Add({ label, onClick }: { label: string; onClick: () => void }) {
  const button = useRef<HTMLButtonElement>(null);
  const lines = (): HTMLElement[] => [
    ...(button.current?.parentElement?.querySelectorAll<HTMLElement>(`.${classes.step}`) ?? []),
  ];
  return (
    <Button
      ref={button}
      data-add
      className={classes.add}
      variant="subtle"
      size="xs"
      leftSection={<IconPlus size={14} aria-hidden />}
      onClick={() => {
        const before = lines().length;
        onClick();
        focusNext(() => lines()[before]?.querySelector("input"));
      }}
    >
      {label}
    </Button>
  );
}

function freshAnswer(answers: readonly Answer[]): Answer {
  const taken = new Set(answers.map((answer) => answer.value));
  let number = answers.length + 1;
  while (taken.has(keyFrom(`answer ${number}`))) number += 1;
  return { value: keyFrom(`answer ${number}`), label: `Answer ${number}`, harmful: false };
}
