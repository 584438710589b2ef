import { Button, Group, Modal, Text } from "@mantine/core";
import { type ReactNode, useState } from "react";

export interface Question {
  readonly title: string;
  readonly text: ReactNode;
  /** What the button does, in its own words: "Remove Nadia". */
  readonly confirm: string;
  readonly isDangerous?: boolean;
  readonly onConfirm: () => void;
}

/** Ask before something that cannot be undone: `const [ask, dialog] = useConfirm()`, render `dialog`. */
export function useConfirm(): [(question: Question) => void, ReactNode] {
  const [question, setQuestion] = useState<Question | null>(null);
  const close = (): void => setQuestion(null);
  const dialog = (
    <Modal opened={question !== null} onClose={close} title={question?.title ?? ""} size="sm">
      <Text size="sm">{question?.text}</Text>
      <Group justify="flex-end" mt="lg" gap="xs">
        <Button variant="default" onClick={close} data-autofocus>
          Keep it as it is
        </Button>
        <Button
          color={question?.isDangerous === true ? "rust" : undefined}
          onClick={() => {
            question?.onConfirm();
            close();
          }}
        >
          {question?.confirm}
        </Button>
      </Group>
    </Modal>
  );
  return [setQuestion, dialog];
}
