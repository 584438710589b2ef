import { Button, Group, Modal, Radio, Stack, Textarea } from "@mantine/core";
import { useState } from "react";
import { AppLink } from "@/ui";
import classes from "./SkipDialog.module.css";

const commonReasons = [
  "I cannot read this language",
  "Something does not load or is damaged",
  "The rules do not cover this",
] as const;
const OTHER = "other";

/** Skipping says why, so that it can be put right. */
export function SkipDialog({
  thing,
  furtherReasons,
  isOpen,
  onClose,
  onSkip,
}: {
  /** What would be skipped: "post". */
  thing: string;
  /** Reasons that only this kind of work has. */
  furtherReasons: readonly string[];
  isOpen: boolean;
  onClose: () => void;
  onSkip: (reason: string) => void;
}) {
  const [choice, setChoice] = useState<string>(commonReasons[0]);
  const [words, setWords] = useState("");
  const reason = choice === OTHER ? words.trim() : choice;
  return (
    <Modal opened={isOpen} onClose={onClose} title={`Skip this ${thing}`}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (reason !== "") onSkip(reason);
        }}
      >
        <Stack gap="sm">
          <Radio.Group label="Why" value={choice} onChange={setChoice}>
            <Stack gap={6} mt={6}>
              {[...commonReasons, ...furtherReasons].map((text) => (
                <Radio key={text} value={text} label={text} data-autofocus={text === commonReasons[0] || undefined} />
              ))}
              <Radio value={OTHER} label="Something else" />
            </Stack>
          </Radio.Group>
          {choice === commonReasons[0] && (
            <p className={classes.note}>
              Name the languages you read in <AppLink to="/settings">Settings</AppLink>, and only those come to you.
            </p>
          )}
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
              Skip the {thing}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
