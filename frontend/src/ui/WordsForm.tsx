import { Textarea } from "@mantine/core";
import type { ReactNode } from "react";
import { type Action, ActionForm } from "./ActionForm";
import { refusalOf } from "./refusal";

/** A form of one text that somebody else is to read; it is sent once there is something in it. */
export function WordsForm({
  action,
  field = "text",
  label,
  description,
  confirm,
  text,
  onText,
  lines = 3,
  isFirst = false,
  onCancel,
  before,
  children,
}: {
  action: Action;
  /** The server's name for the text, at which its refusals stand. */
  field?: string;
  label: string;
  /** Who reads it, and what comes of it. */
  description?: string;
  confirm: string;
  text: string;
  onText: (text: string) => void;
  lines?: number;
  /** Whether it has the focus when a dialog opens. */
  isFirst?: boolean;
  onCancel?: () => void;
  before?: ReactNode;
  /** What is said besides the text. */
  children?: ReactNode;
}) {
  const refusal = refusalOf(action.error, [field], { nothing_said: field });
  return (
    <ActionForm action={action} refusal={refusal} confirm={confirm} isReady={text.trim() !== ""} onCancel={onCancel}>
      {before}
      <Textarea
        label={label}
        description={description}
        autosize
        minRows={lines}
        maxLength={2000}
        error={refusal?.at(field)}
        value={text}
        onChange={(event) => onText(event.currentTarget.value)}
        {...(isFirst ? { "data-autofocus": true } : {})}
      />
      {children}
    </ActionForm>
  );
}
