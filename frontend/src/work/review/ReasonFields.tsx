import { Textarea } from "@mantine/core";
import { ChoiceRow } from "../ChoiceRow";
import { type KeyFacts, keyOf } from "../keyTables";
import { reasonCommand } from "./commands";
import { lacksWords, type Reason } from "./words";

export const WORDS_FIELD = "adjudication-reason";

/** Why people disagreed, and words where they are needed. */
export function ReasonFields<Code extends string>({
  room,
  table,
  reasons,
  code,
  onCode,
  words,
  onWords,
  isChecked,
}: {
  room: string;
  /** The room's commands, to show their keys. */
  table: readonly KeyFacts[];
  reasons: readonly Reason<Code>[];
  code: Code | null;
  onCode: (code: Code) => void;
  words: string;
  onWords: (words: string) => void;
  /** Whether the person has tried to send. */
  isChecked: boolean;
}) {
  const needsWords = lacksWords(reasons, code, "");
  return (
    <>
      <ChoiceRow
        label="Why people disagreed"
        isLabelShown
        options={reasons.map(({ code: value, label }) => {
          const { keys, of: command } = keyOf(table, reasonCommand(room, value));
          return { value, label, keys, command };
        })}
        value={code}
        problem={isChecked && code === null ? "Say why people disagreed." : undefined}
        onChoose={onCode}
      />
      <Textarea
        id={WORDS_FIELD}
        label={code === "guideline_gap" ? "What the rule leaves open" : `What should be known${needsWords ? "" : " (if it helps)"}`}
        description={code === "guideline_gap" ? "Whoever writes the rule reads this." : undefined}
        value={words}
        maxLength={4000}
        error={isChecked && lacksWords(reasons, code, words) ? "Say it in a sentence." : undefined}
        onChange={(event) => onWords(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === "Escape") event.currentTarget.blur();
        }}
      />
    </>
  );
}
