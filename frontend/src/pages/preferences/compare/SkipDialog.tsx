import { Button, Group, Modal, Radio, Stack, Textarea } from "@mantine/core";
import { useState } from "react";

const reasons = [
  "I cannot read this language",
  "Something does not load or is damaged",
  "The rules do not cover this",
  "I cannot tell which facts are right",
] as const;
const OTHER = "other";

/** Skipping says why, so that it can be put right. */
export function SkipDialog({
  isOpen,
  onClose,
  onSkip,
}: {
  isOpen: boolean;
  onClose: () => void;
  onSkip: (reason: string) => void;
}) {
  const [choice, setChoice] = useState<string>(reasons[0]);
  const [words, setWords] = useState("");
  const reason = choice === OTHER ? words.trim() : choice;
  return (
    <Modal opened={isOpen} onClose={onClose} title="Skip this pair">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (reason !== "") onSkip(reason);
        }}
      >
        <Stack gap="sm">
          <Radio.Group label="Why" value={choice} onChange={setChoice}>
            <Stack gap={6} mt={6}>
              {reasons.map((text) => (
                <Radio key={text} value={text} label={text} data-autofocus={text === reasons[0] || undefined} />
              ))}
              <Radio value={OTHER} label="Something else" />
            </Stack>
          </Radio.Group>
          {choice === OTHER && (
            <Textarea
              label="In a few words"
              maxLength={500}
              value={words}
              onChange={(event) => setWords(event.currentTarget.value)}
            />
          )}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              Keep it
            </Button>
            <Button type="submit" disabled={reason === ""}>
              Skip the pair
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
