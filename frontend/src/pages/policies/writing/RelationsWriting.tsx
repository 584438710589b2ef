import { ActionIcon, Button, NativeSelect } from "@mantine/core";
import { IconLink, IconTrash } from "@tabler/icons-react";
import { useRef } from "react";
import { firstStop, useFocusKept } from "@/ui/focus";
import type { Clause, ClauseText } from "../shapes";
import { relationWords } from "../wording";
import classes from "./RelationsWriting.module.css";

type Relation = ClauseText["relations"][number];

/** How the clause stands to others of the release. */
export function RelationsWriting({
  text,
  others,
  onWrite,
}: {
  text: ClauseText;
  others: readonly Clause[];
  onWrite: (change: (text: ClauseText) => ClauseText) => void;
}) {
  const section = useRef<HTMLElement>(null);
  useFocusKept(String(text.relations.length), () => section.current?.querySelector<HTMLElement>("[data-add]") ?? firstStop(section.current));
  const free = others.find((other) => !text.relations.some((row) => row.clause_key === other.key && row.kind === "see_also"));
  const put = (at: number, change: Partial<Relation>): void =>
    onWrite((now) => ({
      ...now,
      relations: now.relations.map((row, index) => (index === at ? { ...row, ...change } : row)),
    }));
  return (
    <section ref={section} className={classes.list} aria-label="Relations">
      {text.relations.map((relation, at) => (
        <div key={at} className={classes.row}>
          <NativeSelect
            size="xs"
            aria-label={`Relation ${at + 1}`}
            value={relation.kind}
            onChange={(event) => put(at, { kind: event.currentTarget.value as Relation["kind"] })}
            data={Object.entries(relationWords).map(([value, label]) => ({ value, label }))}
          />
          <NativeSelect
            size="xs"
            aria-label={`Clause of relation ${at + 1}`}
            value={relation.clause_key}
            onChange={(event) => put(at, { clause_key: event.currentTarget.value })}
            data={clauseChoices(others, relation.clause_key)}
          />
          <ActionIcon
            size={24}
            aria-label={`Take out relation ${at + 1}`}
            onClick={() => onWrite((now) => ({ ...now, relations: now.relations.filter((_, index) => index !== at) }))}
          >
            <IconTrash size={14} />
          </ActionIcon>
        </div>
      ))}
      {free !== undefined && (
        <Button
          className={classes.add}
          data-add
          variant="subtle"
          size="xs"
          leftSection={<IconLink size={14} aria-hidden />}
          onClick={() =>
            onWrite((now) => ({ ...now, relations: [...now.relations, { kind: "see_also", clause_key: free.key }] }))
          }
        >
          Refer to another clause
        </Button>
      )}
    </section>
  );
}

function clauseChoices(others: readonly Clause[], chosen: string) {
  const known = others.map((other) => ({ value: other.key, label: other.document.title }));
  return known.some((choice) => choice.value === chosen) ? known : [...known, { value: chosen, label: `${chosen} (gone)` }];
}
