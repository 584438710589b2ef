import { Stack, Textarea } from "@mantine/core";
import type { RefObject } from "react";
import type { Said } from "./queries";

const LONGEST = 100_000;

/** What the person says next and, if one likes, what one would answer. */
export function TurnFields({
  said,
  onChange,
  isWriting,
  language,
  field,
}: {
  said: Said;
  onChange: (said: Said) => void;
  /** Whether words of one's own are wanted; otherwise a turn that is there was taken. */
  isWriting: boolean;
  language: string;
  field?: RefObject<HTMLTextAreaElement | null>;
}) {
  const spoken = language === "" ? undefined : language;
  return (
    <Stack gap="sm">
      {isWriting && (
        <Textarea
          ref={field}
          label="What the person says next"
          autosize
          minRows={3}
          maxRows={10}
          maxLength={LONGEST}
          dir="auto"
          lang={spoken}
          value={said.text}
          onChange={(event) => onChange({ ...said, text: event.currentTarget.value })}
        />
      )}
      <Textarea
        label="What you would answer"
        description="If you like: a demonstration. The turn waits for responses to compare all the same."
        autosize
        minRows={2}
        maxRows={10}
        maxLength={LONGEST}
        dir="auto"
        lang={spoken}
        value={said.reply}
        onChange={(event) => onChange({ ...said, reply: event.currentTarget.value })}
      />
    </Stack>
  );
}
